import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchOptions, Row } from './bench';
import { startPeer } from './compare-in-turns';
import { startContestant, type Contestant } from './contestant';
import { median } from './statistics';
import { table } from './table';
import { takeTurns } from './take-turns';

const OURS = fileURLToPath(new URL('./our-layers-api.js', import.meta.url));
const PEER = fileURLToPath(new URL('../peers/torch_layers.py', import.meta.url));
const KERNELS = fileURLToPath(new URL('../../packages/tfjs-kernels', import.meta.url));

/** Networks, and steps per lap, which takes about a quarter of a second. */
const NETWORKS = { cnn: 10, mlp: 80, lstm: 20 };
const COLUMNS = ['stock wasm', 'before', 'now', 'PyTorch'] as const;

/**
 * Times a training step of small networks as users of tfjs-layers write them, alternating between the stock wasm backend, the kernels of
 * another checkout (`--before`), these kernels, and PyTorch with its default settings.
 */
export async function benchLayersApi(options: BenchOptions): Promise<Row[]> {
  const lines: string[][] = [['training step of 32 samples, ms (median)', ...COLUMNS, 'before : now', 'PyTorch : now']];
  const rows: Row[] = [];
  for (const [network, steps] of Object.entries(NETWORKS)) {
    console.log(`Timing the ${network} …`);
    const { seconds, peer } = await timeNetwork(network, steps, options);
    const [, before, now, torch] = seconds;
    const ratio = (a?: number, b?: number) => (a && b ? `${(a / b).toFixed(2)}×` : '–');
    const cells = seconds.map((value) => (value ? (value * 1e3).toFixed(2) : '–'));
    lines.push([network, ...cells, ratio(before, now), ratio(torch, now)]);
    const peerSeconds = torch ?? null;
    const name = `${network}, tfjs-layers, batch 32`;
    rows.push({ name, oursSeconds: now!, peer, peerSeconds, ratio: peerSeconds ? peerSeconds / now! : null });
  }
  console.log(`\n${table(lines)}\n(above 1, these kernels are faster; –: cannot train this network, or was not requested)\n`);
  return rows;
}

/** Median seconds of a step by column; undefined if a contestant could not start. */
async function timeNetwork(network: string, steps: number, { node, threads, rounds, before }: BenchOptions) {
  const flags = ['--network', network, '--steps', String(steps), '--threads', String(threads)];
  const ours = (...more: string[]) => startContestant({ command: node, args: [OURS, ...flags, ...more] });
  const starts = [
    () => ours('--kernels', KERNELS, '--stock'),
    () => (before ? ours('--kernels', join(before, 'packages', 'tfjs-kernels')) : Promise.reject(new Error('not requested'))),
    () => ours('--kernels', KERNELS),
    () => startPeer({ peer: PEER, library: 'PyTorch', flags: flags.slice(0, 4) }, {}),
  ];
  const contestants: (Contestant | undefined)[] = [];
  for (const [index, start] of starts.entries()) {
    const started = await start().catch((error: Error) => error);
    contestants.push(started instanceof Error ? undefined : started);
    if (started instanceof Error) console.log(`  ${COLUMNS[index]}: ${started.message}`);
  }
  const running = contestants.filter((contestant) => contestant !== undefined);
  try {
    const laps = await takeTurns(running, rounds);
    const seconds = contestants.map((contestant) =>
      contestant ? median(laps[running.indexOf(contestant)]!.map((lap) => lap.seconds)) : undefined,
    );
    return { seconds, peer: contestants[3]?.name ?? null };
  } finally {
    for (const contestant of running) contestant.stop();
  }
}
