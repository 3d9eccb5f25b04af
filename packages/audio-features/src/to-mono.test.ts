import { describe, expect, it } from 'vitest';
import { toMono } from './to-mono';

describe('toMono', () => {
  it('is the mean of the channels', () => {
    expect([...toMono([Float32Array.of(1, 0), Float32Array.of(0, -1), Float32Array.of(0.5, 0.25)])]).toEqual([0.5, -0.25]);
  });

  it('copies a single channel', () => {
    const channel = Float32Array.of(0.5);
    const mono = toMono([channel]);
    mono[0] = 0;
    expect(channel[0]).toBe(0.5);
  });

  it('refuses channels of different lengths', () => {
    expect(() => toMono([new Float32Array(3), new Float32Array(2)])).toThrow('toMono: channel 1 must hold 3 samples, got 2');
  });

  it('accepts a single channel, and an AudioBuffer', () => {
    const [left, right] = [Float32Array.of(1, 0), Float32Array.of(0, -1)];
    expect([...toMono(left)]).toEqual([1, 0]);
    const buffer = { numberOfChannels: 2, sampleRate: 8000, getChannelData: (channel: number) => (channel ? right : left) };
    expect([...toMono(buffer)]).toEqual([0.5, -0.5]);
  });

  it('refuses no channels', () => {
    expect(() => toMono([])).toThrow('toMono: channels must hold at least one, got 0');
  });
});
