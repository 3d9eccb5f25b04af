import { describe, expect, it } from 'vitest';
import { ascii, formatBody, riff, uint } from '../../test/fixtures/wav-bytes';
import { concat, id3Tag, situation } from '../../test/fixtures/situations';
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
  it.each([1, 5, 64, 1000, 100000])('returns the same as readWav, whatever the pieces: %i bytes', async (size) => {
    expect(await collect(stereo, size)).toEqual(readWav(stereo).samples.map((channel) => [...channel]));
  });

  it('ignores what follows the sound', async () => {
    const tail = riff([{ id: 'fmt ', body: formatBody({ bitDepth: 8 }) }, { id: 'data', body: Uint8Array.of(192, 64) }, { id: 'LIST', body: new Uint8Array(50) }]); // prettier-ignore
    expect(await collect(tail, 7)).toEqual([[0.5, -0.5]]);
  });

  it('fails like readWav on every truncation, except of the padding', async () => {
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

  it('says where in the file a sample is not a number', async () => {
    const samples = new Float32Array(100);
    const file = writeWav({ samples, sampleRateHz: 8000, bitDepth: 32, float: true });
    new DataView(file.buffer).setFloat32(44 + 4 * 77, Number.NaN, true);
    await expect(collect(file, 64)).rejects.toThrow('got NaN at sample 77 of channel 0');
  });

  const format = { id: 'fmt ', body: formatBody({ bitDepth: 8 }) };
  const data = { id: 'data', body: Uint8Array.of(192, 64, 1) };
  const sized = (declaredSize: number, riffSize: number) => {
    const file = riff([format, { ...data, declaredSize }]).slice(0, 47); // without the padding
    new DataView(file.buffer).setUint32(4, riffSize, true);
    return file;
  };

  it.each<[string, Uint8Array]>([
    ...['stream_0.wav', 'stream_80000000.wav', 'rifx_extensible.wav', 'id3_before_riff.wav'].map(
      (file) => [file, situation(file)] as [string, Uint8Array],
    ),
    ['an ID3 tag', concat(id3Tag(300), riff([format, data]))],
    ['a size of 0', sized(0, 0)],
    ['a size of 0 and a correct file size', sized(0, 40)],
    ['a size of 0x7fffffdb', sized(0x7fffffdb, 0x7fffffff)],
    ['a size of 0xffffffdb', sized(0xffffffdb, 0xffffffff)],
    ['an empty data chunk first', riff([format, { id: 'data', body: new Uint8Array(0) }, data])],
    ['an empty data chunk last', riff([format, data, { id: 'data', body: new Uint8Array(0) }])],
  ])('agrees with readWav, whatever the pieces: %s', async (_, bytes) => {
    const expected = readWav(bytes).samples.map((channel) => [...channel]);
    for (const size of [1, 3, 47, 10_000]) expect(await collect(bytes, size), `pieces of ${size}`).toEqual(expected);
  });

  it('agrees with readWav that there is no sound', async () => {
    const file = riff([format, { id: 'data', body: new Uint8Array(0) }, { id: 'LIST', body: new Uint8Array(4) }]);
    for (const size of [1, 1000])
      await expect(collect(file, size)).rejects.toThrow('streamWav: the file must hold at least one sample');
  });

  it.each([1, 7, 100_000])('refuses a second data chunk, which readWav would read instead: pieces of %i bytes', async (size) => {
    const chunks = [format, data, { id: 'LIST', body: new Uint8Array(5) }, data];
    for (const file of [situation('two_data_chunks.wav'), riff(chunks)]) {
      await expect(collect(file, size, { name: 'a.wav' })).rejects.toThrow(
        'streamWav: a.wav must hold one data chunk to be read as a stream, got a second one (readWav reads the last)',
      );
    }
  });
});
