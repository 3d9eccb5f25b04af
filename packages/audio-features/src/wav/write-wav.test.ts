import { describe, expect, it } from 'vitest';
import { fixtureBytes } from '../../test/fixtures/librosa';
import { readWav } from './read-wav';
import { writeWav } from './write-wav';

const sine = Float32Array.from({ length: 1001 }, (_, i) => 0.8 * Math.sin(i * 0.05));

describe('writeWav', () => {
  it('writes the same bytes as another writer', () => {
    const bytes = fixtureBytes('tone-440.wav');
    expect(writeWav(readWav(bytes))).toEqual(bytes);
  });

  it.each([8, 16, 24, 32] as const)('round-trips within half a step of %i bits, also for odd lengths', (bitDepth) => {
    const { samples, sampleRateHz } = readWav(writeWav({ samples: sine, sampleRateHz: 8000, bitDepth }));
    expect(sampleRateHz).toBe(8000);
    expect(samples[0]!.length).toBe(1001);
    const worst = samples[0]!.reduce((error, value, i) => Math.max(error, Math.abs(value - sine[i]!)), 0);
    expect(worst).toBeLessThanOrEqual(2 ** -bitDepth + 2 ** -24);
  });

  it('keeps floats bit for bit, even beyond full scale', () => {
    const loud = sine.map((value) => value * 3);
    const { samples } = readWav(writeWav({ samples: [loud, sine], sampleRateHz: 44100, bitDepth: 32, float: true }));
    expect(samples).toEqual([loud, sine]);
  });

  it('accepts an AudioBuffer with its rate', () => {
    const buffer = {
      numberOfChannels: 2,
      sampleRate: 8000,
      getChannelData: (channel: number) => sine.map((value) => value / (channel + 1)),
    };
    const expected = writeWav({ samples: [sine, sine.map((value) => value / 2)], sampleRateHz: 8000 });
    expect(writeWav({ samples: buffer })).toEqual(expected);
  });

  it('saturates integers at full scale', () => {
    const { samples } = readWav(writeWav({ samples: Float32Array.of(2, -2), sampleRateHz: 44100 }));
    expect([...samples[0]!]).toEqual([32767 / 32768, -1]);
  });

  it.each([
    [{ samples: [] }, 'writeWav: samples must hold at least one channel, got 0'],
    [{ samples: new Float32Array(0) }, 'writeWav: samples must not be empty, got 0'],
    [{ samples: [sine, sine.subarray(1)] }, 'writeWav: channel 1 must hold 1001 samples, got 1000'],
    [{ samples: Float32Array.of(0, Number.NaN) }, 'writeWav: samples must be finite, got NaN at sample 1 of channel 0'],
    [{ samples: sine, sampleRateHz: 0.5 }, 'writeWav: sampleRateHz must be a positive integer, got 0.5'],
    [{ samples: sine, sampleRateHz: undefined }, 'writeWav: sampleRateHz must be a positive integer, got NaN'],
    [{ samples: sine, float: true }, 'writeWav: bitDepth must be 32 for floats, got 16'],
  ])('refuses what a file cannot hold: case %#', (options, message) => {
    expect(() => writeWav({ sampleRateHz: 44100, ...options })).toThrow(message);
  });
});
