import { describe, expect, it } from 'vitest';
import { createProgress } from '../src/progress/create-progress';
import { formatDuration, formatStep } from '../src/progress/format-step';
import { createRateMeter } from '../src/progress/rate-meter';

const STEP = {
  ...{ epoch: 3, epochs: 20, epochStep: 7, stepsPerEpoch: 31, pairsPerSecond: 42.123, secondsLeft: 200 },
  losses: { D: 2.77259, G: 1.4, L1: 0.25 },
};

function recorder(isTTY: boolean) {
  const written: string[] = [];
  let clockMs = 0;
  const progress = createProgress({ write: (text) => written.push(text), isTTY, columns: 200 }, () => clockMs);
  return { progress, written, pass: (ms: number) => (clockMs += ms) };
}

describe('formatStep', () => {
  it('says where the run stands, its losses, speed and time left', () => {
    expect(formatStep(STEP)).toBe('epoch  3/20 · step  7/31 · D 2.773 · G 1.400 · L1 0.250 ·  42.1 pairs/s · 3 min 20 s left');
  });

  it.each([
    [12.4, '12 s'],
    [59.6, '1 min 00 s'],
    [3720, '1 h 02 min'],
  ])('%d s reads %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));
});

describe('createProgress', () => {
  it('writes over one line on a terminal, and notes stay', () => {
    const { progress, written, pass } = recorder(true);
    progress.step(STEP);
    pass(1000);
    progress.step(STEP);
    progress.note('epoch done');
    expect(written.filter((text) => text.includes('pairs/s')).every((text) => !text.includes('\n'))).toBe(true);
    expect(written.at(-1)).toBe('epoch done\n');
    expect(written.at(-2)).toBe('\r\x1b[2K');
  });

  it('writes plain lines at a steady rate when piped', () => {
    const { progress, written, pass } = recorder(false);
    for (let step = 0; step < 100; step++) {
      progress.step(STEP);
      pass(1000);
    }
    expect(written).toHaveLength(10);
    expect(written.join('')).not.toContain('\x1b');
  });
});

describe('createRateMeter', () => {
  it('counts training alone in pairs per second, and everything in the time left', () => {
    let clockMs = 0;
    const rate = createRateMeter(() => clockMs);
    for (let step = 0; step < 3; step++) {
      clockMs += 2000; // a step of one second, and a second of grids
      rate.add({ pairs: 16, stepMs: 1000 });
    }
    expect(rate.pairsPerSecond).toBe(16);
    expect(rate.secondsLeft(10)).toBe(20);
  });
});
