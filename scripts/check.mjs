// Runs all checks besides the tests: format, lint, imports (no cycles, one direction), types, the tests on a bare machine, tfjs-core's own
// tests on our kernels, the API reference, packages, release. Prints one line per step, below what the step printed.
import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/**
 * Steps of a row run one after another, rows of a stage side by side. `packages` builds anew, so only steps that read nothing but sources run
 * beside it; they use the core that installing and packing leave idle.
 */
const stages = [
  [
    {
      lint: ['eslint', '--max-warnings=0', '.'],
      types: ['tsc', '-p', 'tsconfig.json', '--noEmit'],
      docs: ['node', 'scripts/build-docs.mjs'],
      release: ['node', 'scripts/check-release.mjs'],
    },
    {
      bare: ['node', 'scripts/check-bare.mjs'],
      core: ['node', 'packages/tfjs-kernels/scripts/check-core-tests.mjs'],
    },
  ],
  [
    { packages: ['node', 'scripts/check-packages.mjs'] },
    {
      format: ['prettier', '--check', '--log-level=warn', '.'],
      imports: ['depcruise', 'packages', 'apps', 'bench', 'examples', 'test'],
    },
  ],
];
const names = stages.flat().flatMap((row) => Object.keys(row));

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`check: a step must be one of ${names.join(', ')}, got ${unknown.join(', ')}`);
  process.exit(2);
}

const failed = [];

/** Runs a step, and prints at its end all that it printed: steps side by side would mix their lines. */
async function run(name, [command, ...args]) {
  const startedAt = performance.now();
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    env: { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}` },
  });
  const printed = [];
  for (const output of [child.stdout, child.stderr]) output.on('data', (chunk) => printed.push(chunk));
  const status = await new Promise((resolve) => {
    child.on('error', (error) => (printed.push(Buffer.from(`${error.message}\n`)), resolve(null)));
    child.on('close', resolve);
  });
  process.stdout.write(Buffer.concat(printed));
  if (status !== 0) failed.push(name);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
}

async function runRow(steps) {
  for (const [name, words] of Object.entries(steps)) if (wanted.length === 0 || wanted.includes(name)) await run(name, words);
}

for (const rows of stages) await Promise.all(rows.map(runRow));
if (failed.length > 0) {
  console.error(`check: ${failed.join(', ')} failed`);
  process.exit(1);
}
