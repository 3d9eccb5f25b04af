import { describe, expect, it } from 'vitest';
import { estimate } from './estimate';
import type { Measurement } from './measurement';

const MIB = 2 ** 20;
const MEASURED: Measurement = {
  ...{ parameters: { total: 10 }, backend: 'wasm', pairs: { train: 40, validation: 8 }, classCount: 2, stepsPerEpoch: 10 },
  ...{ simulated: false, firstStepMs: 3000, stepMs: 1000, epochEndMs: 4000, checkpointMs: 1000, peakBytes: 500 * MIB },
  ...{ checkpointBytes: 20 * MIB, samplesBytes: 2 * MIB, reportBytes: MIB, stepLogBytes: 1000 },
};
const OPTIONS = {
  epochs: 6,
  maxSteps: null,
  maxMinutes: null,
  checkpoints: { keepEveryEpochs: 2, minMinutes: 0 },
  data: { memoryMiB: 512 },
};

describe('estimate', () => {
  it('adds up steps and ends of epochs', () => {
    const { totalSteps, epochs, seconds, cutShort } = estimate(OPTIONS, MEASURED);
    expect([totalSteps, epochs, seconds, cutShort]).toEqual([60, 6, 3 + 59 + 6 * 5, false]);
  });

  it('adds fewer checkpoints where epochs are short, and those that are kept', () => {
    const secondsWith = (checkpoints: { keepEveryEpochs: number; minMinutes: number }) =>
      estimate({ ...OPTIONS, checkpoints }, MEASURED).seconds;
    const withoutCheckpoints = 3 + 59 + 6 * 4;
    expect(secondsWith({ keepEveryEpochs: 0, minMinutes: 0.2 })).toBe(withoutCheckpoints + 6);
    expect(secondsWith({ keepEveryEpochs: 0, minMinutes: 0.5 })).toBe(withoutCheckpoints + 2);
    expect(secondsWith({ keepEveryEpochs: 2, minMinutes: 0.5 })).toBe(withoutCheckpoints + 3);
  });

  it('ends inside an epoch at the last step allowed', () => {
    expect(estimate({ ...OPTIONS, maxSteps: 25 }, MEASURED)).toMatchObject({ totalSteps: 25, epochs: 3, seconds: 3 + 24 + 15 });
  });

  it('ends with the time allowed, and says so', () => {
    expect(estimate({ ...OPTIONS, maxMinutes: 1 }, MEASURED)).toMatchObject({ seconds: 60, cutShort: true });
    expect(estimate({ ...OPTIONS, maxMinutes: 10 }, MEASURED)).toMatchObject({ seconds: 92, cutShort: false });
  });

  it('counts checkpoints: last, the one before, the one being written, those kept', () => {
    expect(estimate(OPTIONS, MEASURED).checkpoints).toBe(3 + 3);
    expect(estimate({ ...OPTIONS, checkpoints: { keepEveryEpochs: 0, minMinutes: 0 } }, MEASURED).checkpoints).toBe(3);
  });

  it('adds up the disk', () => {
    const { diskBytes } = estimate(OPTIONS, MEASURED);
    expect(diskBytes).toBe(6 * 20 * MIB + 6 * 2 * MIB + 60 * 1000 + 12 * MIB);
  });

  it('adds decoded pairs to the memory, up to what they may take, and what a process grows by', () => {
    const pairs = { train: 1000, validation: 0 };
    expect(estimate(OPTIONS, { ...MEASURED, pairs }).memoryBytes).toBe(600 * MIB + 1000 * (49152 + 22528));
    expect(estimate({ ...OPTIONS, data: { memoryMiB: 1 } }, { ...MEASURED, pairs }).memoryBytes).toBe(601 * MIB);
  });
});
