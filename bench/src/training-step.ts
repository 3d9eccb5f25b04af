import { fileURLToPath } from 'node:url';
import type { BenchOptions, Row } from './bench';
import { compareInTurns } from './compare-in-turns';
import { table } from './table';

const OURS = fileURLToPath(new URL('./our-step.js', import.meta.url));
const PEER = fileURLToPath(new URL('../peers/torch_step.py', import.meta.url));

const gibibytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(2)} GiB`;

/** Times one training step with the paper's settings at each width, alternating between ours and PyTorch's. */
export async function benchTrainingStep({ widths, batch, ...options }: BenchOptions): Promise<Row[]> {
  const rows: Row[] = [];
  const lines = [['training step (median)', 'ours', 'peer', 'ratio', 'our peak memory', "peer's"]];
  for (const width of widths) {
    console.log(`Timing one training step at width ${width} …`);
    const flags = ['--width', String(width), '--batch', String(batch), '--threads', String(options.threads)];
    const { ours, peer, reason } = await compareInTurns({ ...options, ours: OURS, peer: PEER, library: 'PyTorch', flags });
    if (!peer) console.log(`Could not compare with PyTorch: ${reason}`);
    const name = `training step, ${ours.name}, width ${width}, batch ${batch}, ${options.threads} threads`;
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
  console.log(`\n${table(lines)}\n(ratio: the peer's time divided by ours; above 1, ours is faster)\n`);
  return rows;
}
