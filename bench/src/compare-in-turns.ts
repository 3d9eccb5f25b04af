import { startContestant, type Contestant, type Lap } from './contestant';
import { median } from './statistics';
import { takeTurns } from './take-turns';

/** The Pythons in which the peer's library is looked for, in order; Debian's python3-torch belongs to /usr/bin/python3. */
const PYTHONS = [process.env.CMCGAN_PYTHON, 'python3', '/usr/bin/python3'].filter((path) => path !== undefined);

interface ComparisonOptions {
  /** Our contestant's script, run by `node`, and the peer's, run by the first Python that has `library`. */
  ours: string;
  peer: string;
  /** The peer's library, named in `reason` if no Python has it. */
  library: string;
  /** Flags passed to both scripts. */
  flags: string[];
  node: string;
  threads: number;
  rounds: number;
}

export interface Comparison {
  ours: Lap & { name: string };
  /** Null if there is no peer; `reason` then says why. */
  peer: (Lap & { name: string }) | null;
  reason?: string;
}

/** Medians of `rounds` laps, alternating between ours and the peer's, after one lap of each that is not counted. */
export async function compareInTurns(options: ComparisonOptions): Promise<Comparison> {
  const ours = await startContestant({ command: options.node, args: [options.ours, ...options.flags] });
  const threads = String(options.threads);
  const peer = await startPeer(options, { OMP_NUM_THREADS: threads, OPENBLAS_NUM_THREADS: threads }).catch(
    (error: Error) => error,
  );
  const contestants = peer instanceof Error ? [ours] : [ours, peer];
  try {
    const laps = await takeTurns(contestants, options.rounds);
    const summaries = contestants.map(({ name }, index) => ({ ...summary(laps[index]!), name }));
    return { ours: summaries[0]!, peer: summaries[1] ?? null, reason: peer instanceof Error ? peer.message : undefined };
  } finally {
    for (const contestant of contestants) contestant.stop();
  }
}

/** Starts the peer with the first Python that has its library; `env` is added to the environment. */
export async function startPeer(
  { peer, library, flags }: Pick<ComparisonOptions, 'peer' | 'library' | 'flags'>,
  env: Record<string, string>,
): Promise<Contestant> {
  const reasons: string[] = [];
  for (const python of PYTHONS) {
    try {
      return await startContestant({ command: python, args: [peer, ...flags], env });
    } catch (error) {
      reasons.push((error as Error).message);
    }
  }
  throw new Error(`${library} was not found (${reasons.join('; ')})`);
}

const summary = (laps: readonly Lap[]): Lap => ({
  seconds: median(laps.map((lap) => lap.seconds)),
  peakBytes: Math.max(...laps.map((lap) => lap.peakBytes)),
});
