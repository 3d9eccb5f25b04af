import { fileURLToPath } from 'node:url';
import { startContestant, type Contestant, type Lap } from './contestant';
import { median } from './statistics';

const OURS = fileURLToPath(new URL('./our-step.js', import.meta.url));
const PEER = fileURLToPath(new URL('../peers/torch_step.py', import.meta.url));
/** Each is asked in turn for PyTorch; Debian's python3-torch belongs to /usr/bin/python3. */
const PYTHONS = [process.env.CMCGAN_PYTHON, 'python3', '/usr/bin/python3'].filter((path) => path !== undefined);

export interface TrainingStepOptions {
  width: number;
  batch: number;
  threads: number;
  rounds: number;
  /** The Node that runs ours. */
  node: string;
}

export interface TrainingStepResult {
  name: string;
  ours: Lap;
  /** Null where there is no PyTorch; `reason` then says why. */
  peer: (Lap & { name: string }) | null;
  reason?: string;
}

/** Times one training step of the `paper` settings, ours and PyTorch's in turn, after one lap of each that is not counted. */
export async function benchTrainingStep(options: TrainingStepOptions): Promise<TrainingStepResult> {
  const { width, batch, threads, rounds, node } = options;
  const flags = ['--width', String(width), '--batch', String(batch), '--threads', String(threads)];
  const ours = await startContestant({ command: node, args: [OURS, ...flags] });
  const peer = await startPeer(flags).catch((error: Error) => error);
  const contestants = peer instanceof Error ? [ours] : [ours, peer];
  try {
    const laps = await takeTurns(contestants, rounds);
    const name = `training step, ${ours.name}, width ${width}, batch ${batch}, ${threads} threads`;
    if (peer instanceof Error) return { name, ours: summary(laps[0]!), peer: null, reason: peer.message };
    return { name, ours: summary(laps[0]!), peer: { ...summary(laps[1]!), name: peer.name } };
  } finally {
    for (const contestant of contestants) contestant.stop();
  }
}

async function startPeer(flags: string[]): Promise<Contestant> {
  const reasons: string[] = [];
  for (const python of PYTHONS) {
    try {
      return await startContestant({ command: python, args: [PEER, ...flags], env: { OMP_WAIT_POLICY: 'PASSIVE' } });
    } catch (error) {
      reasons.push((error as Error).message);
    }
  }
  throw new Error(`PyTorch was not found (${reasons.join('; ')})`);
}

async function takeTurns(contestants: Contestant[], rounds: number): Promise<Lap[][]> {
  const laps: Lap[][] = contestants.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, contestant] of contestants.entries()) {
      const lap = await contestant.lap();
      if (round > 0) laps[index]!.push(lap);
    }
  }
  return laps;
}

const summary = (laps: Lap[]): Lap => ({
  seconds: median(laps.map((lap) => lap.seconds)),
  peakBytes: Math.max(...laps.map((lap) => lap.peakBytes)),
});
