import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../options/resolve-options';
import { describeDryRun, type DryRun } from './describe-dry-run';

const MIB = 2 ** 20;
const dryRun = (changes: Partial<DryRun> = {}): DryRun => ({
  options: resolveOptions({ preset: 'laptop', lambda: '3', data: '/pairs' }, '/'),
  measured: {
    ...{
      parameters: { encoderV: 1234, total: 1234 },
      backend: 'wasm, 2 threads',
      classCount: 13,
      simulated: false,
      stepsPerEpoch: 25,
    },
    ...{
      pairs: { train: 400, validation: 99 },
      firstStepMs: 3090,
      stepMs: 430,
      epochEndMs: 1200,
      checkpointMs: 340,
      peakBytes: 1,
    },
    ...{ checkpointBytes: 20 * MIB, samplesBytes: 1, reportBytes: 1, stepLogBytes: 1 },
  },
  estimate: {
    ...{ totalSteps: 1500, epochs: 60, seconds: 714, cutShort: false, memoryBytes: 600 * MIB, checkpoints: 6 },
    diskBytes: 2048 * MIB,
  },
  freeDiskBytes: 4096 * MIB,
  ...changes,
});
const text = (changes: Partial<DryRun> = {}, width?: number) => describeDryRun(dryRun(changes), width).join('\n');

describe('describeDryRun', () => {
  it('begins with what differs from the paper, and why', () => {
    const [heading, columnNames, first] = describeDryRun(dryRun());
    expect(heading).toBe('Differs from the paper');
    expect(columnNames).toMatch(/^ {2}option +here +paper +why$/);
    expect(first).toMatch(/^ {2}epochs +90 +200 +about 2250 steps/);
    expect(text()).toMatch(/^ {2}step\.lambda +3 +1 +set by hand$/m);
  });

  it('says what was measured and what the run would take', () => {
    expect(text()).toMatch(/^ {2}encoderV +1,234$/m);
    expect(text()).toContain('0.43 s for 16 pairs (the first one, which warms up: 3.09 s)');
    expect(text()).toContain('about 11 min 54 s: 1,500 steps in 60 epochs');
    expect(text()).toContain('about 600 MiB');
    expect(text()).toContain('at most 2.0 GiB: 6 checkpoints of 20 MiB, grids, sounds, logs; 4.0 GiB free');
  });

  it('says when the time allowed ends it', () => {
    const { estimate } = dryRun();
    expect(text({ estimate: { ...estimate, seconds: 1560, cutShort: true } })).toContain(
      '26 min 00 s: --max-minutes 26 ends it before its 1,500 steps',
    );
  });

  it('names what it did not count', () => {
    expect(text()).toContain('not counted  the judge of the best epoch');
    expect(text({ options: resolveOptions({ preset: 'quick' }, '/') })).not.toContain('not counted');
  });

  it('warns of a disk that is too small', () =>
    expect(text({ freeDiskBytes: MIB })).toContain('1 MiB free; THERE IS NOT ENOUGH'));

  it('keeps to the width of the screen', () => {
    for (const line of text({}, 80).split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});
