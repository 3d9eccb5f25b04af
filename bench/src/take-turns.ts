import { cpus } from 'node:os';
import type { Contestant, Lap } from './contestant';
import { median } from './statistics';

/** The laps of a contestant that follow one another, while the other contestants are halted; `seconds` is their median. */
export interface Block extends Lap {
  /** The fastest lap, which other work disturbed least. */
  fastestSeconds: number;
  /** The part of the machine, from 0 to 1, that other programs used meanwhile; undefined if the contestant does not report its own. */
  otherWork?: number;
}

/**
 * Runs `rounds` blocks of each contestant in turn, after one lap of each that is not counted. A block goes on until it has taken
 * `blockSeconds`; without them it is one lap. A contestant has the machine to itself, as the others are halted. They stay halted.
 */
export async function takeTurns(contestants: readonly Contestant[], rounds: number, blockSeconds = 0): Promise<Block[][]> {
  for (const contestant of contestants) contestant.pause();
  for (const contestant of contestants) await takeBlock(contestant, 0);
  const blocks: Block[][] = contestants.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, contestant] of contestants.entries()) blocks[index]!.push(await takeBlock(contestant, blockSeconds));
  }
  return blocks;
}

/** Resumes a contestant for laps that take `minimumSeconds` together, at least `minimumLaps`, and halts it again. */
export async function takeBlock(contestant: Contestant, minimumSeconds: number, minimumLaps = 1): Promise<Block> {
  const otherWork = watchMachine();
  const laps: Lap[] = [];
  contestant.resume();
  for (let spent = 0; spent < minimumSeconds || laps.length < minimumLaps; spent += laps.at(-1)!.seconds) {
    laps.push(await contestant.lap());
  }
  contestant.pause();
  return {
    seconds: median(laps.map(({ seconds }) => seconds)),
    fastestSeconds: Math.min(...laps.map(({ seconds }) => seconds)),
    peakBytes: Math.max(...laps.map(({ peakBytes }) => peakBytes)),
    otherWork: otherWork(laps),
  };
}

/** Seconds that all cores together have worked since the machine started. */
const workedSeconds = () =>
  cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + (user + nice + sys + irq) / 1000, 0);

/** From now on, watches how much the machine works; the result tells which part of it the given laps do not account for. */
function watchMachine(): (laps: readonly Lap[]) => number | undefined {
  const [startedAt, workedBefore] = [performance.now(), workedSeconds()];
  return (laps) => {
    if (laps.some(({ cpuSeconds }) => cpuSeconds === undefined)) return undefined;
    const available = ((performance.now() - startedAt) / 1000) * cpus().length;
    const own = laps.reduce((sum, { cpuSeconds }) => sum + cpuSeconds!, 0);
    return Math.min(1, Math.max(0, (workedSeconds() - workedBefore - own) / available));
  };
}
