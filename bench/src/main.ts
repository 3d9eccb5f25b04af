import { mkdir, rename, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchAudioFeatures } from './audio-features';
import type { Bench, Row } from './bench';
import { benchConvolutionLayers } from './convolution-layers';
import { benchLayersApi } from './layers-api';
import { benchTrainingStep } from './training-step';

/** The benchmarks that `--only` chooses from; without it, all run in this order. */
const BENCHES: Record<string, Bench> = {
  steps: benchTrainingStep,
  layers: benchConvolutionLayers,
  'layers-api': benchLayersApi,
  audio: benchAudioFeatures,
};

const HELP = `npm run bench -- [options]

Times one training step against the same step in PyTorch (taking turns in one run), then each layer's convolutions as a share of
the machine's peak, then small networks of tfjs-layers on the stock wasm backend, on ours and in PyTorch, then features of sounds and the inversion of mel spectra against librosa. Prints medians and ratios, and writes bench/results.json.

  --widths 0.25,1     widths of the network (1 is the paper's)
  --batch 16          pairs in a batch
  --rounds 5          laps that count, for each contestant
  --threads 2         threads of both (at most the machine's cores)
  --node <path>       the Node that runs ours (default: this one)
  --before <folder>   a built checkout whose kernels layers-api times as well
  --only ${Object.keys(BENCHES).join('|')}  one part of it
`;

const resultsFile = fileURLToPath(new URL('../results.json', import.meta.url));

function readOptions() {
  const { values } = parseArgs({
    options: {
      widths: { type: 'string', default: '0.25,1' },
      batch: { type: 'string', default: '16' },
      rounds: { type: 'string', default: '5' },
      threads: { type: 'string', default: String(Math.min(2, availableParallelism())) },
      node: { type: 'string', default: process.execPath },
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
  return {
    widths: values.widths.split(',').map((text) => positive('widths', text)),
    batch: positive('batch', values.batch),
    rounds: positive('rounds', values.rounds),
    threads: positive('threads', values.threads),
    node: values.node,
    before: values.before,
    only,
    help: values.help,
  };
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

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
