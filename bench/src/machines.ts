import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Bench, Row } from './bench';
import { exchangeSeconds, fitNetwork, sentBytes, speedUp, stepSeconds, type Exchange, type Network } from './scaling-model';
import { table } from './table';

const MIB = 2 ** 20;
/** The network is fitted to these sizes, and checked against those between them. */
const FITTED_BYTES = [64 * 1024, MIB, 16 * MIB, 256 * MIB];
const CHECKED_BYTES = [256 * 1024, 4 * MIB, 64 * MIB];
/** More ranks than cores share them, which shows in the times; the network is fitted to two. */
const RANKS = [1, 2, 4];
const FITTED_RANKS = 2;
const SECONDS_PER_SIZE = 2;
/** The step that is timed, on one thread a rank. */
const STEP = { width: 1 / 8, batch: 4 };

/** Bytes of the gradients at the paper's width, of the discriminator's variables and of the generators', which a test compares with the model's. */
export const FULL_WIDTH_BYTES = [4 * 29_095_169, 4 * 59_470_084] as const;

/** Seconds of a step of one rank at the paper's width, as measured: docs/decisions/2026-11-28-many-machines.md. */
const MACHINES = [
  { name: 'processor, 2 cores, batch 16', computeSeconds: 3.47 },
  { name: 'H100, batch 64', computeSeconds: 0.39 },
];
/** What usually connects machines: one message's latency, and 90 % of the nominal rate. */
const NETWORKS: readonly (Network & { name: string })[] = [
  { name: '1 Gbit/s Ethernet', latencySeconds: 50e-6, bytesPerSecond: 0.9 * 0.125e9 },
  { name: '10 Gbit/s Ethernet', latencySeconds: 30e-6, bytesPerSecond: 0.9 * 1.25e9 },
  { name: '100 Gbit/s InfiniBand', latencySeconds: 3e-6, bytesPerSecond: 0.9 * 12.5e9 },
];
const PREDICTED_RANKS = [2, 8, 64, 256];

/**
 * Sums arrays of 64 KiB to 256 MiB over two and four processes, fits a network to the times, checks it on training steps of one, two and
 * four, and predicts how training scales at full width.
 */
export const benchMachines: Bench = async ({ node }) => {
  const measured: Measured[] = [];
  for (const ranks of RANKS) {
    const found = await measure(node, ranks);
    if (typeof found === 'string') {
      console.log(`machines: nothing is measured, since ${found}`);
      return [];
    }
    measured.push(found);
  }
  const exchanges = measured.flatMap((each) => each.exchanges);
  const network = fitNetwork(exchanges.filter(isFitted));
  const { library } = measured[1]!;
  console.log(`Sums over processes on this machine, ${library!.name} ${library!.version}:`);
  printExchanges(exchanges, network);
  printSteps(
    measured.map(({ step }) => step),
    network,
  );
  printPredictions([{ name: 'this machine', ...network }, ...NETWORKS]);
  return [...exchanges.map(exchangeRow), ...measured.map(({ step }) => stepRow(step))];
};

const isFitted = ({ ranks, bytes }: Exchange) => ranks === FITTED_RANKS && FITTED_BYTES.includes(bytes);

interface MeasuredStep {
  ranks: number;
  seconds: number;
  /** Of each sum. */
  gradientBytes: number[];
}

interface Measured {
  /** Undefined for one process, which needs none. */
  library?: { name: string; version: string };
  exchanges: Exchange[];
  step: MeasuredStep;
}

/** Starts the ranks; resolves to their times, or to the reason why there are none. */
function measure(node: string, ranks: number): Promise<Measured | string> {
  const program = fileURLToPath(new URL('./our-ranks.js', import.meta.url));
  const sizes = [...FITTED_BYTES, ...CHECKED_BYTES].sort((a, b) => a - b).join();
  const options = { sizes, seconds: SECONDS_PER_SIZE, ...STEP };
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const words = ['-n', String(ranks), node, program, ...flags];
  const env = { ...process.env, OMPI_MCA_rmaps_base_oversubscribe: '1', PRTE_MCA_rmaps_default_mapping_policy: ':oversubscribe' };
  return new Promise((resolve) => {
    execFile('mpirun', words, { env }, (error, stdout, stderr) => {
      if (error === null) return resolve(JSON.parse(stdout.slice(stdout.indexOf('{'))) as Measured);
      if (error.code === 'ENOENT') return resolve('mpirun is not on PATH (Debian: apt-get install openmpi-bin)');
      resolve(`mpirun -n ${ranks} failed: ${stderr.trim().split('\n').slice(0, 3).join(' ') || error.message}`);
    });
  });
}

const inMiB = (bytes: number) => `${bytes / MIB} MiB`;
const inMs = (seconds: number) => `${(1000 * seconds).toPrecision(3)} ms`;

function printExchanges(measured: readonly Exchange[], network: Network): void {
  const rows = measured.flatMap((each) => {
    if (each.ranks === 1) return [];
    const modelled = exchangeSeconds(network, each);
    const gigabytes = sentBytes(each.ranks, each.bytes) / each.seconds / 1e9;
    const how = isFitted(each) ? 'fitted' : 'predicted';
    return [[`${each.ranks} ranks`, inMiB(each.bytes), inMs(each.seconds), `${gigabytes.toFixed(2)} GB/s`, inMs(modelled), how]];
  });
  console.log(table([['', 'array', 'median', 'sent by a rank', 'model', ''], ...rows]));
  const rate = (network.bytesPerSecond / 1e9).toFixed(2);
  console.log(`Model: ${(1e6 * network.latencySeconds).toFixed(0)} µs a message, ${rate} GB/s\n`);
}

function printSteps(steps: readonly MeasuredStep[], network: Network): void {
  const [alone] = steps;
  const rows = steps.map(({ ranks, seconds, gradientBytes }) => {
    const modelled = stepSeconds(network, { exchanges: gradientBytes, computeSeconds: alone!.seconds }, ranks);
    return [`${ranks} rank${ranks === 1 ? '' : 's'}`, inMs(seconds), ranks === 1 ? '' : inMs(modelled)];
  });
  console.log(
    `A step at width 1/${1 / STEP.width}, ${STEP.batch} pairs and one thread a rank (the model knows nothing of shared cores and memory):`,
  );
  console.log(table([['', 'median', 'model'], ...rows]), '\n');
}

function printPredictions(networks: readonly (Network & { name: string })[]): void {
  console.log('A step at width 1, predicted: its seconds, and how many times the pairs of one rank are trained on in a second');
  for (const { name, computeSeconds } of MACHINES) {
    const traffic = { exchanges: FULL_WIDTH_BYTES, computeSeconds };
    const rows = networks.map((network) => [
      network.name,
      ...PREDICTED_RANKS.map((ranks) => {
        const seconds = stepSeconds(network, traffic, ranks);
        return `${seconds.toPrecision(3)} s, ${speedUp(network, traffic, ranks).toPrecision(3)}×`;
      }),
    ]);
    console.log(
      table([[`${name} (${computeSeconds} s alone)`, ...PREDICTED_RANKS.map((ranks) => `${ranks} ranks`)], ...rows]),
      '\n',
    );
  }
}

const row = (name: string, seconds: number): Row => ({ name, oursSeconds: seconds, peer: null, peerSeconds: null, ratio: null });
const exchangeRow = ({ ranks, bytes, seconds }: Exchange) => row(`sum of ${inMiB(bytes)} over ${ranks} ranks`, seconds);
const stepRow = ({ ranks, seconds }: MeasuredStep) => row(`step at width ${STEP.width} on ${ranks} ranks`, seconds);
