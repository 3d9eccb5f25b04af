// Makes the weights of this package from nothing: trains the generator and the classifiers on simulated musicians, stores them in half precision,
// and measures them.
//   node scripts/make-weights.mjs [--run <folder>] [--out <folder>] [--config <file>]… [--threads <count>] [--no-train]
// The run of each further --config starts from the weights of the one before, whose folder has a number: runs/weights-1, runs/weights.
// Steps that are done are not repeated: after Ctrl-C, the same command goes on where it stopped. --no-train takes the run's checkpoint as it is,
// finished or not.
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { convert } from './steps/convert.mjs';
import { evaluate } from './steps/evaluate.mjs';
import { openRun } from './steps/open-run.mjs';
import { trainClassifiers } from './steps/train-classifiers.mjs';
import { trainGenerator } from './steps/train-generator.mjs';
import { writeModelCard } from './steps/model-card.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const root = here('../../..');
const { values } = parseArgs({
  options: {
    run: { type: 'string', default: join(root, 'runs', 'weights') },
    out: { type: 'string', default: here('../model') },
    config: { type: 'string', multiple: true, default: ['first', 'second'].map((name) => here(`../training/${name}.toml`)) },
    threads: { type: 'string' },
    'no-train': { type: 'boolean', default: false },
  },
});
const [run, out] = [values.run, values.out].map((path) => resolve(path));

const trainer = join(root, 'apps/trainer/dist/cli.js');
const rounds = values['no-train'] ? [] : values.config.map((path) => resolve(path));
for (const [index, config] of rounds.entries()) {
  const folderOf = (round) => (round === rounds.length - 1 ? run : `${run}-${round + 1}`);
  const from = index === 0 ? undefined : folderOf(index - 1);
  const code = await trainGenerator({ run: folderOf(index), config, from, threads: values.threads, trainer });
  if (code !== 0) process.exit(code);
}
await useWasmKernels({ threads: values.threads === undefined ? undefined : Number(values.threads), variant: 'repeatable' });
const opened = await openRun(run);
await trainClassifiers(opened);
await convert(opened, out);
await evaluate(opened, out);
if (out === here('../model')) writeModelCard(here('../README.md'), JSON.parse(readFileSync(join(out, 'figures.json'), 'utf8')));
console.log(`Wrote ${relative(process.cwd(), out) || '.'}`);
process.exit(0); // the threads of the backend would go on waiting
