import { mkdir, rename, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchAudioFeatures } from './audio-features';
import type { Bench, Row } from './bench';
import { benchConvolutionLayers } from './convolution-layers';
import { benchMachines } from './machines';
import { benchLayersApi } from './layers-api';
import { TORCH_MODES } from './torch-modes';
import { benchTrainingStep } from './training-step';

/** The benchmarks that `--only` chooses from; without it, all run in this order. */
const BENCHES: Record<string, Bench> = {
  steps: benchTrainingStep,
  layers: benchConvolutionLayers,
  'layers-api': benchLayersApi,
  audio: benchAudioFeatures,
  machines: benchMachines,
};

const HELP = `npm run bench -- [options]

Times one training step against the same step in PyTorch, in the mode that is fastest here (they take turns, each alone on the machine),
then each layer's convolutions as a share of the machine's peak, then small networks of tfjs-layers on the stock wasm backend, on ours and
in PyTorch, then features of sounds and the inversion of mel spectra against librosa, then sums over several processes where mpirun is,
with a prediction for many machines. Prints medians and ratios, and writes bench/results.json.

  --widths 0.125,0.25,1  widths of the network (1 is the paper's)
  --batch 16             pairs in a batch
  --rounds 5             blocks of laps that count, for each contestant
  --threads <n>          threads of both (default: ours one per core, PyTorch's its own)
  --node <path>          the Node that runs ours (default: this one); more than once, the training step is timed in each
  --modes <names>        PyTorch's modes to choose the fastest from; default: ${TORCH_MODES.join()}
  --markdown             print the training step's table in Markdown
  --before <folder>      a built checkout whose kernels layers-api times as well
  --only ${Object.keys(BENCHES).join('|')}  one part of it
`;

const resultsFile = fileURLToPath(new URL('../results.json', import.meta.url));

function readOptions() {
  const { values } = parseArgs({
    options: {
      widths: { type: 'string', default: '0.125,0.25,1' },
      batch: { type: 'string', default: '16' },
      rounds: { type: 'string', default: '5' },
      threads: { type: 'string' },
      node: { type: 'string', multiple: true, default: [process.execPath] },
      modes: { type: 'string', default: TORCH_MODES.join() },
      markdown: { type: 'boolean', default: false },
      before: { type: 'string' },
      only: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const { only } = values;
  if (only !== undefined && !(only in BENCHES))
    throw new Error(`bench: --only must be one of ${Object.keys(BENCHES).join(', ')}, got ${only}`);
  const positive = (name: string, text: string) => {
    const value = Number(text);
    if (!(value > 0)) throw new Error(`bench: --${name} must be a positive number, got ${text}`);
    return value;
  };
  const threads = values.threads === undefined ? undefined : positive('threads', values.threads);
  return {
    widths: values.widths.split(',').map((text) => positive('widths', text)),
    batch: positive('batch', values.batch),
    rounds: positive('rounds', values.rounds),
    threads: threads ?? availableParallelism(),
    peerThreads: threads,
    nodes: values.node,
    node: values.node[0]!,
    modes: namedModes(values.modes),
    markdown: values.markdown,
    before: values.before,
    only,
    help: values.help,
  };
}

function namedModes(text: string): string[] {
  const modes = text.split(',');
  const unknown = modes.find((mode) => !TORCH_MODES.includes(mode));
  if (unknown === undefined) return modes;
  throw new Error(`bench: --modes must be some of ${TORCH_MODES.join(', ')}, got ${unknown}`);
}

async function main() {
  const options = readOptions();
  if (options.help) return console.log(HELP);
  const rows: Row[] = [];
  for (const name of options.only ? [options.only] : Object.keys(BENCHES)) rows.push(...(await BENCHES[name]!(options)));
  await mkdir(new URL('.', import.meta.url), { recursive: true });
  await writeFile(`${resultsFile}.part`, `${JSON.stringify(rows, null, 2)}\n`);
  await rename(`${resultsFile}.part`, resultsFile);
  console.log(`Written to ${resultsFile}`);
}

// Contestants are stopped when this process exits, which a signal alone would not do to those that are halted.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
