import { describe, expect, it } from 'vitest';
import { fixtureBytes } from '../../test/fixtures/librosa';
import { logMelSpectrum } from '../mel/log-mel-spectrum';
import { readWav } from '../wav/read-wav';
import { lmsToSound } from './sound';
import { soundsForLength } from './join-spectra';
import { soundsToWaveform, soundToWaveform } from './sound-to-waveform';
import { waveformToSound } from './waveform-to-sound';

const range = { floorDb: -60, ceilingDb: 40 };

describe('soundToWaveform', () => {
  it('returns a clip with the requested sound, within 2 dB on average where audible', () => {
    const lms = logMelSpectrum(readWav(fixtureBytes('harmonic-196-vibrato.wav')).samples[0]!).data;
    const sound = lmsToSound(lms, range);
    const waveform = soundToWaveform(sound, range, { seed: 1 });
    expect(waveform.length).toBe(22050);
    expect(waveform.every((value) => Math.abs(value) <= 1)).toBe(true);
    const again = lmsToSound(logMelSpectrum(waveform).data, range);
    const audible = [...sound.keys()].filter((i) => sound[i]! > -0.2); // above -20 dB
    const error = audible.reduce((sum, i) => sum + Math.abs(sound[i]! - again[i]!) * 50, 0) / audible.length;
    expect(audible.length).toBeGreaterThan(300);
    expect(error).toBeLessThan(2);
  });

  it('scales a clip that would exceed full scale', () => {
    const waveform = soundToWaveform(new Float32Array(128 * 32).fill(1), { floorDb: -60, ceilingDb: 60 }, { iterations: 2 });
    expect(waveform.reduce((a, b) => Math.max(a, Math.abs(b)), 0)).toBeCloseTo(1, 6);
  });

  it('is the same for the same seed', () => {
    const sound = Float32Array.from({ length: 128 * 32 }, (_, i) => Math.sin(i));
    expect(soundToWaveform(sound, range, { iterations: 2, seed: 5 })).toEqual(
      soundToWaveform(sound, range, { iterations: 2, seed: 5 }),
    );
  });

  it('refuses a sound of another size', () => {
    expect(() => soundToWaveform(new Float32Array(128 * 44), range)).toThrow(
      'soundToWaveform: sound must hold 128×32 = 4096 values, got 5632',
    );
  });
});

/** Half a second of a steady tone with overtones, as a network's sound. */
const steadyTone = (hz: number) =>
  waveformToSound(
    Float32Array.from({ length: 22_050 }, (_, n) =>
      [1, 2, 3].reduce((sum, k) => sum + (0.3 / k) * Math.sin((2 * Math.PI * k * hz * n) / 44_100 + k), 0),
    ),
    range,
  );

/** RMS of 20 ms at a time. */
const levels = (waveform: Float32Array) =>
  Array.from({ length: Math.floor(waveform.length / 882) }, (_, i) =>
    Math.sqrt(waveform.subarray(i * 882, (i + 1) * 882).reduce((sum, value) => sum + value * value, 0) / 882),
  );

/** The largest change from one sample to the next, in a part of a waveform. */
const steepest = (waveform: Float32Array, start: number, end: number) => {
  let most = 0;
  for (let n = start + 1; n < end; n++) most = Math.max(most, Math.abs(waveform[n]! - waveform[n - 1]!));
  return most;
};

describe('soundsToWaveform', () => {
  it('renders one sound as soundToWaveform does', () => {
    const sound = steadyTone(220);
    expect(soundsToWaveform([sound], range, { seed: 3 })).toEqual(soundToWaveform(sound, range, { seed: 3 }));
  });

  it.each([1, 9_999, 22_050, 22_051, 38_434, 38_435, 100_000])('returns exactly %i samples', (length) => {
    const sounds = Array.from({ length: soundsForLength(length) }, () => steadyTone(220));
    expect(soundsToWaveform(sounds, range, { length, iterations: 1 }).length).toBe(length);
  });

  it('needs one more sound for each 16,384 samples after the first 22,050', () => {
    expect([1, 22_050, 22_051, 38_434, 38_435].map(soundsForLength)).toEqual([1, 1, 2, 2, 3]);
  });

  it('keeps the level of a steady tone at the joints, within 1.5 dB', () => {
    const sounds = Array.from({ length: 4 }, () => steadyTone(220));
    const heard = levels(soundsToWaveform(sounds, range)).slice(3, -3);
    expect(heard.length).toBeGreaterThan(60);
    expect(20 * Math.log10(Math.max(...heard) / Math.min(...heard))).toBeLessThan(1.5);
  });

  it('is hardly steeper where different tones meet than within them: a click would be, by far', () => {
    const waveform = soundsToWaveform([steadyTone(220), steadyTone(311), steadyTone(220)], range);
    const within = Math.max(steepest(waveform, 4_000, 14_000), steepest(waveform, 24_000, 30_000));
    const atJoints = Math.max(steepest(waveform, 16_000, 23_000), steepest(waveform, 32_500, 39_500));
    expect(atJoints).toBeLessThan(1.25 * within);
  });

  it('refuses no sound, and more samples than the sounds span', () => {
    expect(() => soundsToWaveform([], range)).toThrow('soundsToWaveform: sounds must hold at least one sound, got 0');
    expect(() => soundsToWaveform([steadyTone(220)], range, { length: 22_051 })).toThrow(
      'soundsToWaveform: length must be an integer from 1 to the 22050 samples that the sounds span, got 22051',
    );
  });
});
