import { describe, expect, it } from 'vitest';
import { lmsToSound, soundToLms } from './sound';

const range = { floorDb: -80, ceilingDb: 40 };
const lmsOf = (value: (mel: number, frame: number) => number) =>
  Float32Array.from({ length: 128 * 44 }, (_, i) => value(Math.floor(i / 44), i % 44));

describe('lmsToSound', () => {
  it('maps floor, middle and ceiling to -1, 0 and 1, row by row', () => {
    const sound = lmsToSound(
      lmsOf((mel) => [-80, -20, 40][mel % 3]!),
      range,
    );
    expect(sound.length).toBe(128 * 32);
    for (let i = 0; i < sound.length; i++) expect(sound[i]).toBeCloseTo([-1, 0, 1][Math.floor(i / 32) % 3]!, 6);
  });

  it('clips values beyond the range', () => {
    expect(Math.min(...lmsToSound(lmsOf(() => -100), range))).toBe(-1); // prettier-ignore
    expect(Math.max(...lmsToSound(lmsOf(() => 50), range))).toBe(1); // prettier-ignore
  });

  it('resizes a ramp in time to a ramp: column c lies at (c + 0.5)·44/32 - 0.5', () => {
    const sound = lmsToSound(
      lmsOf((_, frame) => frame),
      { floorDb: 0, ceilingDb: 43 },
    );
    for (let c = 0; c < 32; c++) expect(((sound[c]! + 1) / 2) * 43).toBeCloseTo(((c + 0.5) * 44) / 32 - 0.5, 4);
  });

  it('refuses a spectrum of another size', () => {
    expect(() => lmsToSound(new Float32Array(128 * 43), range)).toThrow(
      'lmsToSound: lmsDb must hold 128×44 = 5632 values, got 5504',
    );
  });

  it('refuses values that are not numbers', () => {
    const lms = lmsOf(() => 0);
    lms[7] = Number.NaN;
    expect(() => lmsToSound(lms, range)).toThrow('lmsToSound: lmsDb must hold finite numbers, got NaN at index 7');
  });

  it('refuses an empty dB range', () => {
    expect(() =>
      lmsToSound(
        lmsOf(() => 0),
        { floorDb: 0, ceilingDb: 0 },
      ),
    ).toThrow(
      // prettier-ignore
      'lmsToSound: range must have floorDb below ceilingDb, got 0..0',
    );
  });
});

describe('soundToLms', () => {
  it('restores a spectrum that is linear in time, except for half a frame at each edge', () => {
    const lms = lmsOf((mel, frame) => -60 + mel * 0.3 + frame);
    const back = soundToLms(lmsToSound(lms, range), range);
    for (let i = 0; i < lms.length; i++) if (i % 44 > 0 && i % 44 < 43) expect(back[i]).toBeCloseTo(lms[i]!, 3);
  });

  it('refuses a sound of another size', () => {
    expect(() => soundToLms(new Float32Array(5), range)).toThrow('soundToLms: sound must hold 128×32 = 4096 values, got 5');
  });
});
