// Runs all checks besides the tests: format, lint, imports (no cycles, one direction), types, the tests on a bare machine, tfjs-core's own
// tests on our kernels, the API reference, packages, release. Prints one line per step.
import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const steps = {
  format: ['prettier', '--check', '--log-level=warn', '.'],
  lint: ['eslint', '--max-warnings=0', '.'],
  imports: ['depcruise', 'packages', 'apps', 'bench', 'examples', 'test'],
  types: ['tsc', '-p', 'tsconfig.json', '--noEmit'],
  bare: ['node', 'scripts/check-bare.mjs'],
  core: ['node', 'packages/tfjs-kernels/scripts/check-core-tests.mjs'],
  docs: ['node', 'scripts/build-docs.mjs'],
  packages: ['node', 'scripts/check-packages.mjs'],
  release: ['node', 'scripts/check-release.mjs'],
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in steps));
if (unknown.length > 0) {
  console.error(`check: a step must be one of ${Object.keys(steps).join(', ')}, got ${unknown.join(', ')}`);
  process.exit(2);
}

const failed = [];
for (const [name, [command, ...args]] of Object.entries(steps)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const startedAt = performance.now();
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}` },
  });
  if (status !== 0) failed.push(name);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
}
if (failed.length > 0) {
  console.error(`check: ${failed.join(', ')} failed`);
  process.exit(1);
}
