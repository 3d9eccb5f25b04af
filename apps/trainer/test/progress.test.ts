import { describe, expect, it } from 'vitest';
import { createProgress, type ProgressStyle } from '../src/progress/create-progress';
import { formatDuration, formatStep } from '../src/progress/format-step';
import { createRateMeter } from '../src/progress/rate-meter';

const STEP = {
  ...{ step: 37, totalSteps: 1500, epoch: 2, epochs: 60, stepMs: 400, pairsPerSecond: 25.3, stepsPerSecond: 1.58 },
  ...{ secondsLeft: 200, residentBytes: 0.52 * 2 ** 30 },
  losses: {
    discriminator: { total: 2.77259, wrong: 1.4, fake: 1.37 },
    generator: { total: 54.3, adversarial: 1.4, consistency: 5.29 },
  },
};

function recorder({ isTTY = false, columns = 200, style = 'lines' as ProgressStyle } = {}) {
  const written: string[] = [];
  let clockMs = 0;
  const output = { write: (text: string) => written.push(text), isTTY, columns };
  const progress = createProgress(output, () => clockMs, style);
  return { progress, written, pass: (ms: number) => (clockMs += ms) };
}

describe('formatStep', () => {
  it('shows the position of the run, its losses, speed, time left and memory', () => {
    expect(formatStep(STEP)).toBe('epoch  2/60  step   37/1500  D 2.77  G 1.40  L1 5.29  1.58 steps/s  3 min 20 s left  0.5 GiB');
  });

  it.each([
    [79, 'epoch  2/60  step   37/1500  D 2.77  G 1.40  L1 5.29  3 min 20 s left'],
    [60, 'step   37/1500  D 2.77  G 1.40  L1 5.29  3 min 20 s left'],
    [40, 'step   37/1500  3 min 20 s left'],
    [10, 'step   37/'],
  ])('leaves out what does not fit into %d characters', (width, line) => expect(formatStep(STEP, width)).toBe(line));

  it('gives slow steps in seconds', () => {
    expect(formatStep({ ...STEP, stepsPerSecond: 0.02 })).toContain('50 s/step');
  });

  it('shows a generator whose loss has no parts, and needs no discriminator', () => {
    expect(formatStep({ ...STEP, losses: { generator: { total: 123.4 } } })).toContain('step   37/1500  G 123  1.58');
  });

  it.each([
    [12.4, '12 s'],
    [59.6, '1 min 00 s'],
    [3720, '1 h 02 min'],
  ])('%d s reads %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));
});

describe('createProgress', () => {
  it('updates one line on a terminal, and keeps notes', () => {
    const { progress, written, pass } = recorder({ isTTY: true });
    progress.step(STEP);
    pass(1000);
    progress.step(STEP);
    progress.note('epoch done');
    expect(written.filter((text) => text.includes('steps/s')).every((text) => !text.includes('\n'))).toBe(true);
    expect(written.at(-1)).toBe('epoch done\n');
    expect(written.at(-2)).toBe('\r\x1b[2K');
  });

  it('never fills the last column of a terminal, where it would wrap', () => {
    const { progress, written } = recorder({ isTTY: true, columns: 80 });
    progress.step(STEP);
    expect(written[0].replace('\r\x1b[2K', '').length).toBeLessThan(80);
    expect(written[0]).toContain('left');
  });

  it('writes plain lines at a steady rate when piped', () => {
    const { progress, written, pass } = recorder();
    for (let step = 0; step < 100; step++) {
      progress.step(STEP);
      pass(1000);
    }
    expect(written).toHaveLength(10);
    expect(written.join('')).not.toContain('\x1b');
  });

  it('writes only the summary when quiet', () => {
    const { progress, written } = recorder({ style: 'quiet', isTTY: true });
    progress.note('a note');
    progress.step(STEP);
    progress.summary('Done.');
    expect(written).toEqual(['Done.\n']);
  });

  it('writes one JSON object per line for programs', () => {
    const { progress, written } = recorder({ style: 'json', isTTY: true });
    progress.note('a "note"');
    progress.step(STEP);
    progress.event({ event: 'epoch', epoch: 2, step: 50 });
    progress.summary('Done.\nSee there.');
    expect(written.map((line) => JSON.parse(line) as unknown)).toEqual([
      { event: 'note', text: 'a "note"' },
      { event: 'step', ...STEP },
      { event: 'epoch', epoch: 2, step: 50 },
    ]);
    expect(written.every((line) => line.endsWith('\n') && line.split('\n').length === 2)).toBe(true);
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
