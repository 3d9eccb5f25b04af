import { describe, expect, it } from 'vitest';
import type { Contestant } from './contestant';
import { takeBlock, takeTurns } from './take-turns';

/** A contestant that takes the given seconds a lap, and writes what it does to `diary`. */
function contestant(name: string, seconds: number[], diary: string[] = []): Contestant {
  const write = (what: string) => void diary.push(`${name} ${what}`);
  let laps = 0;
  return {
    name,
    async lap() {
      write('lap');
      return { seconds: seconds[laps % seconds.length]!, peakBytes: ++laps };
    },
    pause: () => write('pauses'),
    resume: () => write('resumes'),
    stop: () => write('stops'),
  };
}

describe('takeTurns', () => {
  it('runs one contestant at a time, in the same order each round, with every other one halted', async () => {
    const diary: string[] = [];
    await takeTurns([contestant('a', [1], diary), contestant('b', [1], diary)], 2);
    const turn = (name: string) => [`${name} resumes`, `${name} lap`, `${name} pauses`];
    const round = [...turn('a'), ...turn('b')];
    expect(diary).toEqual(['a pauses', 'b pauses', ...round, ...round, ...round]);
  });

  it('does not count the first lap', async () => {
    const [blocks] = await takeTurns([contestant('a', [60, 2, 3])], 2);
    expect(blocks!.map(({ seconds }) => seconds)).toEqual([2, 3]);
  });
});

describe('takeBlock', () => {
  it('goes on until its time is up, and takes the median of its laps', async () => {
    const diary: string[] = [];
    const { seconds, fastestSeconds, peakBytes } = await takeBlock(contestant('a', [0.5, 0.1, 0.2, 0.3], diary), 1);
    expect(diary.filter((line) => line === 'a lap')).toHaveLength(4);
    expect(seconds).toBeCloseTo(0.25);
    expect(fastestSeconds).toBe(0.1);
    expect(peakBytes).toBe(4);
  });

  it('takes as many laps as it must, however long they are', async () => {
    const { peakBytes } = await takeBlock(contestant('a', [10]), 1, 3);
    expect(peakBytes).toBe(3);
  });

  it('knows the work of others only where the contestant reports its own', async () => {
    expect((await takeBlock(contestant('a', [1]), 0)).otherWork).toBeUndefined();
    const reporting = { ...contestant('a', [1]), lap: async () => ({ seconds: 1, peakBytes: 1, cpuSeconds: 1e6 }) };
    expect((await takeBlock(reporting, 0)).otherWork).toBe(0);
  });
});
