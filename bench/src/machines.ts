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
const RANKS = [2, 4];
const SECONDS_PER_SIZE = 2;

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

/** Sums arrays of 64 KiB to 256 MiB over two and four processes, fits a network to the times, and predicts how training scales at full width. */
export const benchMachines: Bench = async ({ node }) => {
  const measured: Exchange[] = [];
  for (const ranks of RANKS) {
    const found = await measure(node, ranks);
    if (typeof found === 'string') {
      console.log(`machines: nothing is measured, since ${found}`);
      return [];
    }
    if (ranks === RANKS[0]) console.log(`Sums over processes on this machine, ${found.library.name} ${found.library.version}:`);
    measured.push(...found.exchanges);
  }
  const network = fitNetwork(measured.filter(({ ranks, bytes }) => ranks === RANKS[0] && FITTED_BYTES.includes(bytes)));
  printExchanges(measured, network);
  printPredictions([{ name: 'this machine', ...network }, ...NETWORKS]);
  return measured.map(rowOf);
};

interface Measured {
  library: { name: string; version: string };
  exchanges: Exchange[];
}

/** Starts the ranks; resolves to their times, or to the reason why there are none. */
function measure(node: string, ranks: number): Promise<Measured | string> {
  const program = fileURLToPath(new URL('./our-ranks.js', import.meta.url));
  const sizes = [...FITTED_BYTES, ...CHECKED_BYTES].sort((a, b) => a - b).join();
  const words = ['-n', String(ranks), node, program, '--sizes', sizes, '--seconds', String(SECONDS_PER_SIZE)];
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
  const rows = measured.map((each) => {
    const modelled = exchangeSeconds(network, each);
    const gigabytes = sentBytes(each.ranks, each.bytes) / each.seconds / 1e9;
    const how = each.ranks === RANKS[0] && FITTED_BYTES.includes(each.bytes) ? 'fitted' : 'predicted';
    return [`${each.ranks} ranks`, inMiB(each.bytes), inMs(each.seconds), `${gigabytes.toFixed(2)} GB/s`, inMs(modelled), how];
  });
  console.log(table([['', 'array', 'median', 'sent by a rank', 'model', ''], ...rows]));
  const rate = (network.bytesPerSecond / 1e9).toFixed(2);
  console.log(`Model: ${(1e6 * network.latencySeconds).toFixed(0)} µs a message, ${rate} GB/s\n`);
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

const rowOf = ({ ranks, bytes, seconds }: Exchange): Row => ({
  name: `sum of ${inMiB(bytes)} over ${ranks} ranks`,
  oursSeconds: seconds,
  ...{ peer: null, peerSeconds: null, ratio: null },
});
