import { mkdir, rename, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchConvolutionLayers } from './convolution-layers';
import { measureMachinePeak, type MachinePeak } from './machine-peak';
import { table } from './table';
import { benchTrainingStep } from './training-step';

const HELP = `npm run bench -- [options]

Times one training step against the same step in PyTorch (taking turns in one run), then each layer's convolutions as a share of
the machine's peak. Prints medians and ratios, and writes bench/results.json.

  --widths 0.25,1     widths of the network (1 is the paper's)
  --batch 16          pairs in a batch
  --rounds 5          laps that count, for each contestant
  --threads 2         threads of both (at most the machine's cores)
  --node <path>       the Node that runs ours (default: this one)
  --only steps|layers one half of it
`;

/** One line of bench/results.json. `ratio` is the peer's time divided by ours: above 1, ours is the faster. */
interface Row {
  name: string;
  oursSeconds: number;
  peer: string | null;
  peerSeconds: number | null;
  ratio: number | null;
}

const resultsFile = fileURLToPath(new URL('../results.json', import.meta.url));
const gibibytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(2)} GiB`;
const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      widths: { type: 'string', default: '0.25,1' },
      batch: { type: 'string', default: '16' },
      rounds: { type: 'string', default: '5' },
      threads: { type: 'string', default: String(Math.min(2, availableParallelism())) },
      node: { type: 'string', default: process.execPath },
      only: { type: 'string', default: 'both' },
      help: { type: 'boolean', default: false },
    },
  });
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
    only: values.only,
    help: values.help,
  };
}

async function compareSteps({ widths, ...options }: ReturnType<typeof readOptions>): Promise<Row[]> {
  const rows: Row[] = [];
  const lines = [['training step (median)', 'ours', 'peer', 'ratio', 'our peak memory', "peer's"]];
  for (const width of widths) {
    console.log(`Timing one training step at width ${width} …`);
    const { name, ours, peer, reason } = await benchTrainingStep({ ...options, width });
    if (!peer) console.log(`Could not compare with PyTorch: ${reason}`);
    const ratio = peer ? peer.seconds / ours.seconds : null;
    rows.push({ name, oursSeconds: ours.seconds, peer: peer?.name ?? null, peerSeconds: peer?.seconds ?? null, ratio });
    lines.push([
      name,
      `${ours.seconds.toFixed(3)} s`,
      peer ? `${peer.seconds.toFixed(3)} s` : '–',
      ratio ? `${ratio.toFixed(2)}×` : '–',
      gibibytes(ours.peakBytes),
      peer ? gibibytes(peer.peakBytes) : '–',
    ]);
  }
  console.log(`\n${table(lines)}\n(ratio: the peer's time divided by ours; above 1, ours is the faster)\n`);
  return rows;
}

async function measureLayers({ widths, batch, threads, node }: ReturnType<typeof readOptions>): Promise<Row[]> {
  const peak = await measureMachinePeak(threads);
  if (peak)
    console.log(
      `Machine's peak, ${threads} threads: ${peak.vector256.toFixed(0)} GFLOPS with 256-bit vectors, ${peak.vector128.toFixed(0)} with 128-bit ones`,
    );
  else
    console.log(
      "Could not measure the machine's peak: that takes a C compiler (cc) and a processor with AVX2; rates are shown alone.",
    );
  const rows: Row[] = [];
  for (const width of widths) rows.push(...(await measureLayersAt({ width, batch, threads, node }, peak)));
  return rows;
}

async function measureLayersAt(
  options: { width: number; batch: number; threads: number; node: string },
  peak: MachinePeak | null,
): Promise<Row[]> {
  const layers = await benchConvolutionLayers(options);
  const head = [
    `convolution at width ${options.width}, batch ${options.batch}`,
    'ms',
    'GFLOPS',
    ...(peak ? ['of 256-bit peak'] : []),
  ];
  const lines = layers.map(({ name, seconds, flops }) => {
    const rate = flops / seconds / 1e9;
    return [name, (seconds * 1e3).toFixed(2), rate.toFixed(1), ...(peak ? [percent(rate / peak.vector256)] : [])];
  });
  console.log(`\n${table([head, ...lines])}\n`);
  return layers.map(({ name, seconds }) => ({
    name: `${name}, width ${options.width}`,
    oursSeconds: seconds,
    peer: null,
    peerSeconds: null,
    ratio: null,
  }));
}

async function main() {
  const options = readOptions();
  if (options.help) return console.log(HELP);
  const rows: Row[] = [];
  if (options.only !== 'layers') rows.push(...(await compareSteps(options)));
  if (options.only !== 'steps') rows.push(...(await measureLayers(options)));
  await mkdir(new URL('.', import.meta.url), { recursive: true });
  await writeFile(`${resultsFile}.part`, `${JSON.stringify(rows, null, 2)}\n`);
  await rename(`${resultsFile}.part`, resultsFile);
  console.log(`Written to ${resultsFile}`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
