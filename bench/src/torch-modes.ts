import { fileURLToPath } from 'node:url';
import { startPeer } from './compare-in-turns';
import type { Contestant } from './contestant';
import { takeBlock } from './take-turns';

/** The ways in which PyTorch's users run a step, as peers/torch_step.py names them. To add one: one name here and its branch there. */
export const TORCH_MODES = ['eager', 'channels-last', 'compile', 'compile-channels-last'];

const PEER = fileURLToPath(new URL('../peers/torch_step.py', import.meta.url));

/** The part of the fastest mode's time by which another may be behind in its first block and still turn out the fastest. */
const CLOSE = 0.1;

/** What counts before a contestant is timed: seconds, and laps, as torch.compile compiles in the first two. */
const WARM_UP = { seconds: 2, laps: 3 };

/** Those of the modes that are within a tenth of the fastest one's time, in the same order. */
export function contendersOf<T extends { readonly seconds: number }>(tried: readonly T[]): T[] {
  const limit = (1 + CLOSE) * Math.min(...tried.map(({ seconds }) => seconds));
  return tried.filter(({ seconds }) => seconds <= limit);
}

/** Lets a contestant compile and settle, alone on the machine; resolves to the seconds that this took. */
export async function warmUp(contestant: Contestant): Promise<number> {
  const startedAt = performance.now();
  await takeBlock(contestant, WARM_UP.seconds, WARM_UP.laps);
  return (performance.now() - startedAt) / 1000;
}

/**
 * Starts PyTorch in each mode, one after another, and keeps running those that may be the fastest, by the fastest step of a first block. `note` is told
 * how each mode did, or why it could not run. Empty if there is no PyTorch.
 */
export async function startTorchModes(
  flags: string[],
  { modes, blockSeconds, note }: { modes: readonly string[]; blockSeconds: number; note: (line: string) => void },
): Promise<Contestant[]> {
  let tried: { contestant: Contestant; seconds: number }[] = [];
  for (const mode of modes) {
    const started = await startPeer({ peer: PEER, library: 'PyTorch', flags: [...flags, '--mode', mode] }, {}).catch(String);
    if (typeof started === 'string') {
      note(`PyTorch ${mode}: not timed (${started})`);
      break; // no mode starts where one does not: what differs between them comes with the first lap
    }
    try {
      const warmUpSeconds = await warmUp(started);
      const { fastestSeconds: seconds } = await takeBlock(started, blockSeconds);
      note(
        `${started.name}: ${seconds.toFixed(3)} s for the fastest step of a first block, after ${warmUpSeconds.toFixed(0)} s of warming up`,
      );
      tried.push({ contestant: started, seconds });
    } catch (error) {
      note(`${started.name}: not timed (${(error as Error).message})`);
      started.stop();
    }
    const close = contendersOf(tried);
    for (const { contestant } of tried.filter((each) => !close.includes(each))) contestant.stop();
    tried = close;
  }
  return tried.map(({ contestant }) => contestant);
}
