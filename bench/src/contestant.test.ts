import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startContestant } from './contestant';

/** A contestant in JavaScript that also works between its laps, as threads that wait by spinning do. */
const start = (script: string) => startContestant({ command: process.execPath, args: ['-e', script] });
const SPINNING = `
  console.log(JSON.stringify({ peer: String(process.pid) }));
  process.stdin.on('data', () => console.log(JSON.stringify({ seconds: 1, peakBytes: 2 })));
  setInterval(() => { for (const end = Date.now() + 20; Date.now() < end;); }, 1);`;

/** Clock ticks that a process has worked: utime and stime, the 14th and 15th fields. */
const ticksOf = (pid: string) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ');
  return Number(fields[13]) + Number(fields[14]);
};

describe('a contestant', () => {
  it('answers laps', async () => {
    const contestant = await start(SPINNING);
    expect(await contestant.lap()).toEqual({ seconds: 1, peakBytes: 2 });
    contestant.stop();
  });

  it.skipIf(process.platform !== 'linux')('does not work while it is halted, and goes on afterwards (needs /proc)', async () => {
    const contestant = await start(SPINNING);
    contestant.pause();
    await setTimeout(50);
    const before = ticksOf(contestant.name);
    await setTimeout(500);
    expect(ticksOf(contestant.name)).toBe(before);
    contestant.resume();
    while (ticksOf(contestant.name) === before) await setTimeout(20);
    expect(await contestant.lap()).toEqual({ seconds: 1, peakBytes: 2 });
    contestant.stop();
  });

  it('can be stopped while it is halted', async () => {
    const contestant = await start(SPINNING);
    contestant.pause();
    contestant.stop();
    await expect(contestant.lap()).rejects.toThrow('exited with code null');
  });

  it('that fails says why, in the last line of its standard error', async () => {
    const failing = start('console.error("a hint"); console.error("no compiler"); process.exit(3)');
    await expect(failing).rejects.toThrow('exited with code 3: no compiler');
  });
});
