// Trains the same run on two backends and compares the losses of every step:
//   node apps/trainer/scripts/compare-backends.mjs wasm webgpu --max-steps 20 [any flags of the trainer, or --preset quick]
// Prints one line per step; exits with 1 if a difference, relative to the loss, exceeds 1e-3. Needs a build (npm run build).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LIMIT = 1e-3;
const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const [first, second, ...flags] = process.argv.slice(2);
if (first === undefined || second === undefined || second.startsWith('--')) {
  console.error(
    'compare-backends: two names of backends must come first, as in: compare-backends.mjs wasm webgpu --max-steps 20',
  );
  process.exit(2);
}
const preset = flags.includes('--preset') ? [] : ['--preset', 'quick', '--epochs', '100'];
const folder = mkdtempSync(join(tmpdir(), 'compare-backends-'));

/** The losses of a run on the backend: one record of numbers per step. */
function lossesOn(backend) {
  const out = join(folder, backend);
  const { status, stderr } = spawnSync(process.execPath, [cli, ...preset, '--backend', backend, '--out', out, ...flags], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0) throw new Error(`compare-backends: ${backend} must finish its run, but exited with ${status}: ${stderr}`);
  const text = readFileSync(join(out, 'log.jsonl'), 'utf8').trim();
  const steps = text.split('\n').map((line) => JSON.parse(line)).filter(({ step, discriminator }) => step && discriminator); // prettier-ignore
  return steps.map(({ discriminator, generator }) => ({ ...discriminator, ...prefixed(generator) }));
}

const prefixed = (losses) => Object.fromEntries(Object.entries(losses).map(([name, value]) => [`generator ${name}`, value]));

let worst = 0;
try {
  const [left, right] = [lossesOn(first), lossesOn(second)];
  if (left.length !== right.length)
    throw new Error(`compare-backends: both must take the same number of steps, got ${left.length} and ${right.length}`);
  left.forEach((losses, i) => {
    const differences = Object.entries(losses).map(([name, value]) => [name, Math.abs(right[i][name] / value - 1)]);
    const [name, largest] = differences.reduce((a, b) => (b[1] > a[1] ? b : a));
    worst = Math.max(worst, largest);
    console.log(`step ${i + 1}: ${largest.toExponential(1)} (${name}: ${losses[name]} and ${right[i][name]})`);
  });
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`${first} and ${second} differ by at most ${worst.toExponential(1)} of a loss`);
process.exitCode = worst <= LIMIT ? 0 : 1;
