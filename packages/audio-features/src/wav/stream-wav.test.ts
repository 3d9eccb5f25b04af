import { describe, expect, it } from 'vitest';
import { ascii, formatBody, riff, uint } from '../../test/fixtures/wav-bytes';
import { readWav } from './read-wav';
import type { ReadWavOptions } from './read-wav';
import { streamWav } from './stream-wav';
import { writeWav } from './write-wav';

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

async function collect(bytes: Uint8Array, size: number, options: ReadWavOptions = {}): Promise<number[][]> {
  const channels: number[][] = [];
  for await (const { samples } of streamWav(pieces(bytes, size), options)) {
    samples.forEach((values, channel) => (channels[channel] ??= []).push(...values));
  }
  return channels;
}

const wave = (phase: number) => Float32Array.from({ length: 301 }, (_, n) => Math.sin(n * 0.1 + phase) * 0.9);
const stereo = writeWav({ samples: [wave(0), wave(1)], sampleRateHz: 8000, bitDepth: 24 });

describe('streamWav', () => {
  it.each([1, 5, 64, 1000, 100000])('gives what readWav gives, whatever the pieces: %i bytes', async (size) => {
    expect(await collect(stereo, size)).toEqual(readWav(stereo).samples.map((channel) => [...channel]));
  });

  it('leaves out what follows the sound', async () => {
    const tail = riff([{ id: 'fmt ', body: formatBody({ bitDepth: 8 }) }, { id: 'data', body: Uint8Array.of(192, 64) }, { id: 'LIST', body: new Uint8Array(50) }]); // prettier-ignore
    expect(await collect(tail, 7)).toEqual([[0.5, -0.5]]);
  });

  it('fails like readWav on every truncation, but for the missing padding', async () => {
    for (let length = 0; length < 60; length++) {
      const cut = stereo.subarray(0, length);
      await expect(collect(cut, 16, { name: 'a.wav' }), `cut to ${length}`).rejects.toThrow(/a\.wav must/);
    }
  });

  it('accepts a truncated file when told to', async () => {
    const [left] = await collect(stereo.subarray(0, 44 + 6 * 10 + 3), 16, { truncated: 'accept' });
    expect(left).toEqual([...readWav(stereo).samples[0]!.subarray(0, 10)]);
  });

  it('reads sound of unknown length to the end', async () => {
    const file = riff([{ id: 'fmt ', body: formatBody({ bitDepth: 8 }) }, { id: 'data', body: Uint8Array.of(192, 64), declaredSize: 0xffffffff }]); // prettier-ignore
    expect(await collect(file, 10)).toEqual([[0.5, -0.5]]);
  });

  it('gives up on a header that never ends', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Uint8Array.from([...ascii('RIFF'), ...uint(0xffffffff, 4), ...ascii('WAVEjunk'), ...uint(0xfffffff0, 4)]);
      for (;;) yield new Uint8Array(2 ** 20);
    }
    await expect(streamWav(endless(), { name: 'a.wav' }).next()).rejects.toThrow(
      'a.wav must have its sound begin within 16777216 bytes',
    );
  });

  it('says where in the file a sample is no number', async () => {
    const samples = new Float32Array(100);
    const file = writeWav({ samples, sampleRateHz: 8000, bitDepth: 32, float: true });
    new DataView(file.buffer).setFloat32(44 + 4 * 77, Number.NaN, true);
    await expect(collect(file, 64)).rejects.toThrow('got NaN at sample 77 of channel 0');
  });
});
