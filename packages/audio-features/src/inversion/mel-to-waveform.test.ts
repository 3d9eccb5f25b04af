import { describe, expect, it } from 'vitest';
import { fixtureBytes, golden, SIGNALS } from '../../test/fixtures/librosa';
import { powerToDecibels } from '../mel/decibels';
import { melSpectrum } from '../mel/mel-spectrum';
import { readWav } from '../wav/read-wav';
import { melToWaveform } from './mel-to-waveform';

const mel = { sampleRateHz: 44100 };

/** As in make-golden.py: at most 80 dB below the loudest. */
function decibels(power: Float32Array): Float32Array {
  const values = powerToDecibels(power.slice());
  const loudest = values.reduce((a, b) => Math.max(a, b));
  return values.map((value) => Math.max(value, loudest - 80));
}

function distance(target: Float32Array, reached: Float32Array): { convergence: number; decibelError: number } {
  let gap = 0;
  let norm = 0;
  target.forEach((power, i) => {
    gap += (Math.sqrt(power) - Math.sqrt(reached[i]!)) ** 2;
    norm += power;
  });
  const reachedDb = decibels(reached);
  const decibelError = decibels(target).reduce((sum, value, i) => sum + Math.abs(value - reachedDb[i]!), 0) / target.length;
  return { convergence: Math.sqrt(gap / norm), decibelError };
}

describe('melToWaveform', () => {
  it.each(SIGNALS)('comes closer to the mel spectrum than the reference: %s', (signal) => {
    const reference = golden.inversion_reference_mel_to_stft_then_griffinlim_32_iterations[signal];
    const spectrum = melSpectrum(readWav(fixtureBytes(`${signal}.wav`)).samples[0]!, mel);
    for (const seed of [0, 1]) {
      const waveform = melToWaveform(spectrum, { ...mel, length: 22050, seed });
      const { convergence, decibelError } = distance(spectrum.data, melSpectrum(waveform, mel).data);
      expect(convergence).toBeLessThanOrEqual(reference.mel_magnitude_spectral_convergence);
      expect(decibelError).toBeLessThanOrEqual(reference.mel_db_mean_abs_error);
    }
  });

  it('returns the same waveform for the same seed, and another for another', () => {
    const spectrum = melSpectrum(readWav(fixtureBytes('noise-burst.wav')).samples[0]!, mel);
    const run = (seed: number) => melToWaveform(spectrum, { ...mel, iterations: 2, seed });
    expect(run(3)).toEqual(run(3));
    expect(run(3)).not.toEqual(run(4));
  });

  it('turns silence into silence', () => {
    const silence = { data: new Float32Array(128 * 5), melCount: 128, frameCount: 5 };
    const waveform = melToWaveform(silence, { ...mel, iterations: 4 });
    expect(waveform.length).toBe(2048);
    expect(waveform.every((value) => Math.abs(value) < 1e-9)).toBe(true);
  });

  it.each([
    [
      { data: new Float32Array(7), melCount: 2, frameCount: 4 },
      {},
      'melToWaveform: mel.data must hold 2×4 values, at least one, got 7',
    ],
    [
      { data: Float32Array.of(1, -1), melCount: 2, frameCount: 1 },
      {},
      'mel.data must be power, finite and at least 0, got -1 at 1',
    ],
    [
      { data: new Float32Array(2), melCount: 2, frameCount: 1 },
      { momentum: 1 },
      'melToWaveform: momentum must lie in [0, 1), got 1',
    ],
    [
      { data: new Float32Array(2), melCount: 2, frameCount: 1 },
      { iterations: -1 },
      'iterations must be an integer of at least 0, got -1',
    ],
  ])('refuses invalid arguments: case %#', (spectrum, options, message) => {
    expect(() => melToWaveform(spectrum, { ...mel, ...options })).toThrow(message);
  });
});
