import { readFileSync } from 'node:fs';
import { createRandom } from '@cmcgan/random';
import { describe, expect, it } from 'vitest';
import { describeSound, meanSoundDistance, soundDistance, type SoundDistance } from './sound-distance';

type Note = [hz: number, startSeconds: number, loudness: number];

/** Distances by librosa and numpy (test/fixtures/make_sounds.py, which has the same formula for a note). */
const CASES = JSON.parse(readFileSync(new URL('../../test/fixtures/sounds.json', import.meta.url), 'utf8')) as {
  sound: Note;
  reference: Note;
  distance: SoundDistance;
}[];

const note = ([hz, start, loudness]: Note) =>
  Float32Array.from({ length: 22_050 }, (_, n) => {
    const time = n / 44_100;
    const tone = [1, 2, 3, 4, 5, 6].reduce((sum, k) => sum + Math.sin(2 * Math.PI * k * hz * time + k * k) / k, 0);
    const shape = time < start ? 0 : Math.exp(-4 * (time - start));
    return loudness * shape * tone + 0.002 * Math.sin(2 * Math.PI * 55 * time);
  });

const range = { floorDb: -60 };
const distance = (sound: Float32Array, reference: Float32Array, floorDb = -60) =>
  soundDistance(describeSound(sound, { floorDb }), describeSound(reference, { floorDb }));

describe('soundDistance', () => {
  it.each(CASES)("equals librosa's and numpy's: $sound and $reference", ({ sound, reference, distance: expected }) => {
    const found = distance(note(sound), note(reference));
    expect(found.logSpectralDb).toBeCloseTo(expected.logSpectralDb, 2);
    expect(found.semitones).toBeCloseTo(expected.semitones, 2);
    expect(found.pitchAccuracy).toBeCloseTo(expected.pitchAccuracy, 6);
    expect(found.onsetCorrelation).toBeCloseTo(expected.onsetCorrelation, 3);
  });

  it('is 20·log10 of a factor in level, whatever the sound, and only above the floor', () => {
    const random = createRandom(1);
    const noise = Float32Array.from({ length: 22_050 }, () => 0.1 * random.normal());
    const half = noise.map((value) => value / 2);
    expect(distance(noise, half, -100).logSpectralDb).toBeCloseTo(20 * Math.log10(2), 4);
    expect(distance(noise, half, 60).logSpectralDb).toBe(0);
  });

  it('has no pitch error where there is no pitch', () => {
    const silence = describeSound(new Float32Array(22_050), range);
    const found = soundDistance(describeSound(note([220, 0.1, 0.1]), range), silence);
    expect([found.semitones, found.pitchAccuracy, found.onsetCorrelation]).toEqual([NaN, NaN, NaN]);
  });
});

describe('meanSoundDistance', () => {
  const of = (logSpectralDb: number, semitones: number, pitchAccuracy: number, onsetCorrelation: number) => ({
    ...{ logSpectralDb, semitones, pitchAccuracy, onsetCorrelation },
  });

  it('leaves out what a pair does not have', () => {
    expect(meanSoundDistance([of(1, 2, 1, 0.5), of(3, NaN, 0, NaN), of(5, 4, NaN, 0.7), of(7, 12, 0.5, 0.9)])).toEqual({
      ...{ n: 4, logSpectralDb: 4, semitones: 4, pitched: 3, pitchAccuracy: 0.5 },
      onsetCorrelation: expect.closeTo(0.7, 9) as number,
    });
  });

  it('is null where no pair has it', () => {
    expect(meanSoundDistance([of(1, NaN, NaN, NaN)])).toEqual({
      ...{ n: 1, logSpectralDb: 1, semitones: null, pitched: 0, pitchAccuracy: null, onsetCorrelation: null },
    });
    expect(meanSoundDistance([])).toBeNull();
  });
});
