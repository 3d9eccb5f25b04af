import { describe, expect, it } from 'vitest';
import { ascii, extensibleBody, formatBody, riff, uint } from '../../test/fixtures/wav-bytes';
import { concat, id3Tag, situation } from '../../test/fixtures/situations';
import { readWav } from './read-wav';

const bytesOf = (...values: number[]) => Uint8Array.from(values);
const int16Body = Uint8Array.from([0x00, 0x40, 0x00, 0x80]); // 0.5, -1
const plain = riff([{ id: 'fmt ', body: formatBody() }, { id: 'data', body: int16Body }]); // prettier-ignore

function floatBody(values: number[], bytes: 4 | 8): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * bytes));
  values.forEach((value, i) => (bytes === 4 ? view.setFloat32(i * 4, value, true) : view.setFloat64(i * 8, value, true)));
  return new Uint8Array(view.buffer);
}

describe('readWav: encodings', () => {
  it.each([
    ['8-bit, unsigned', 8, 1, bytesOf(192, 0, 128), [0.5, -1, 0]],
    ['16-bit', 16, 1, bytesOf(0, 0x40, 0, 0x80), [0.5, -1]],
    ['24-bit', 24, 1, bytesOf(0, 0, 0x40, 0, 0, 0x80, 1, 0, 0), [0.5, -1, 1 / 8388608]],
    ['32-bit', 32, 1, bytesOf(0, 0, 0, 0x40, 0, 0, 0, 0x80), [0.5, -1]],
    ['32-bit float', 32, 3, floatBody([0.5, -1.5], 4), [0.5, -1.5]],
    ['64-bit float', 64, 3, floatBody([0.5, -1.5], 8), [0.5, -1.5]],
  ])('reads %s samples', (_, bitDepth, tag, body, expected) => {
    const plainFile = riff([{ id: 'fmt ', body: formatBody({ tag, bitDepth }) }, { id: 'data', body }]); // prettier-ignore
    const extensible = riff([{ id: 'fmt ', body: extensibleBody(tag, { bitDepth }) }, { id: 'data', body }]); // prettier-ignore
    expect([...readWav(plainFile).samples[0]!]).toEqual(expected);
    expect([...readWav(extensible).samples[0]!]).toEqual(expected);
  });

  it('reads 20 valid bits in a container of 24', () => {
    const format = formatBody({ bitDepth: 20, blockBytes: 3 });
    const file = riff([{ id: 'fmt ', body: format }, { id: 'data', body: bytesOf(0, 0, 0x40) }]); // prettier-ignore
    expect([...readWav(file).samples[0]!]).toEqual([0.5]);
  });

  it.each([1, 2, 3, 6, 17])('tells %i channels apart', (channelCount) => {
    const body = Uint8Array.from({ length: channelCount * 2 }, (_, i) => 128 + i);
    const file = riff([{ id: 'fmt ', body: formatBody({ channelCount, bitDepth: 8 }) }, { id: 'data', body }]); // prettier-ignore
    const { samples } = readWav(file);
    expect(samples.length).toBe(channelCount);
    samples.forEach((channel, c) => expect([...channel]).toEqual([c / 128, (c + channelCount) / 128]));
  });

  it('reads big-endian files', () => {
    const chunks = [{ id: 'fmt ', body: formatBody({ big: true }) }, { id: 'data', body: bytesOf(0x40, 0, 0x80, 0) }]; // prettier-ignore
    expect([...readWav(riff(chunks, 'RIFX')).samples[0]!]).toEqual([0.5, -1]);
  });

  it('reads the size of RF64 sound from its ds64 chunk', () => {
    const ds64 = Uint8Array.from([...uint(0, 8), ...uint(4, 8), ...uint(2, 8), ...uint(0, 4)]);
    const file = riff(
      [
        { id: 'ds64', body: ds64 },
        { id: 'fmt ', body: formatBody() },
        { id: 'data', body: int16Body, declaredSize: 0xffffffff },
        { id: 'LIST', body: bytesOf(9, 9, 9, 9) },
      ],
      'RF64',
    );
    expect([...readWav(file).samples[0]!]).toEqual([0.5, -1]);
  });

  it('reads to the end of the file when a stream writer could not know the size', () => {
    const file = riff([{ id: 'fmt ', body: formatBody() }, { id: 'data', body: int16Body, declaredSize: 0xffffffff }]); // prettier-ignore
    expect(readWav(file).samples[0]!.length).toBe(2);
  });

  it('returns the rate in the header', () => {
    const file = riff([{ id: 'fmt ', body: formatBody({ sampleRateHz: 8000 }) }, { id: 'data', body: int16Body }]); // prettier-ignore
    expect(readWav(file).sampleRateHz).toBe(8000);
  });

  it('skips odd chunks with their padding, before and after the format', () => {
    const odd = { id: 'junk', body: bytesOf(1, 2, 3) };
    const file = riff([odd, { id: 'fmt ', body: formatBody() }, odd, { id: 'data', body: int16Body }, odd]);
    expect([...readWav(file).samples[0]!]).toEqual([0.5, -1]);
  });

  it('reads from the middle of a larger buffer', () => {
    const larger = new Uint8Array(plain.length + 7);
    larger.set(plain, 3);
    expect([...readWav(larger.subarray(3, 3 + plain.length)).samples[0]!]).toEqual([0.5, -1]);
  });

  it('drops an incomplete last block', () => {
    const file = riff([{ id: 'fmt ', body: formatBody() }, { id: 'data', body: bytesOf(0, 0x40, 1) }]); // prettier-ignore
    expect([...readWav(file).samples[0]!]).toEqual([0.5]);
  });
});

describe('readWav: what writers do', () => {
  const format = { id: 'fmt ', body: formatBody() };
  const expected = [0.5, -1];
  const read = (file: Uint8Array) => [...readWav(file).samples[0]!];

  it.each([
    0,
    0x7fffffff,
    0x7fffffdb,
    0x7ffff000,
    0x7fffffff - 44,
    0x80000000,
    0x80000024,
    0xffffffff,
    0xffffffdb,
    0xfffffffe,
    0xfffff000,
  ])('a size of %i, left by a writer that cannot seek, means all that is there', (size) => {
    for (const riffSize of [size, 0, 0xffffffff, 36]) {
      const file = riff([format, { id: 'data', body: int16Body, declaredSize: size }]);
      new DataView(file.buffer).setUint32(4, riffSize, true);
      expect(read(file)).toEqual(expected);
    }
  });

  it('so does a size of 0 in an otherwise correct header', () => {
    expect(read(riff([format, { id: 'data', body: int16Body, declaredSize: 0 }]))).toEqual(expected);
  });

  it('a data chunk of size 0 is empty if another chunk follows', () => {
    const file = riff([format, { id: 'data', body: new Uint8Array(0) }, { id: 'LIST', body: int16Body }]);
    expect(() => readWav(file)).toThrow('must hold at least one sample, got 0');
  });

  it('a size that is only close to those is taken literally', () => {
    for (const declaredSize of [0x7ff00000, 0x90000000, 0xfff00000]) {
      const file = riff([format, { id: 'data', body: int16Body, declaredSize }]);
      expect(() => readWav(file)).toThrow(`must hold the ${declaredSize} bytes of sound its header declares, got 4 (truncated)`);
    }
  });

  it.each([
    ['a ds64 chunk of zeros', new Uint8Array(28)],
    ['a ds64 chunk of ones', new Uint8Array(28).fill(255)],
  ])('RF64 with %s means all that is there', (_, ds64) => {
    const file = riff([{ id: 'ds64', body: ds64 }, format, { id: 'data', body: int16Body, declaredSize: 0xffffffff }], 'RF64');
    expect(read(file)).toEqual(expected);
  });

  it('of several data chunks the last non-empty one is read, as in scipy and ffmpeg', () => {
    const other = { id: 'data', body: bytesOf(0, 0x20) };
    const empty = { id: 'data', body: new Uint8Array(0) };
    const data = { id: 'data', body: int16Body };
    for (const chunks of [
      [other, data],
      [empty, data],
      [other, { id: 'LIST', body: bytesOf(1, 2, 3) }, data],
      [data, empty],
    ]) {
      expect(read(riff([format, ...chunks]))).toEqual(expected);
    }
    expect(readWav(situation('two_data_chunks.wav')).samples[0]!.length).toBe(150); // as scipy
  });

  it('an ID3 tag may precede the file', () => {
    expect(read(concat(id3Tag(0), riff([format, { id: 'data', body: int16Body }])))).toEqual(expected);
    expect(readWav(situation('id3_before_riff.wav')).samples[0]!.length).toBe(200); // as libsndfile
  });

  it.each(['stream_0.wav', 'stream_80000000.wav', 'rifx_extensible.wav', 'id3_before_riff.wav'])(
    '%s: 200 samples of one sine',
    (file) => {
      const { samples, sampleRateHz } = readWav(situation(file));
      expect([samples.length, samples[0]!.length, sampleRateHz]).toEqual([1, 200, 8000]);
      expect([...samples[0]!.subarray(0, 3), ...samples[0]!.subarray(-3)].map((value) => value * 32768)).toEqual([
      0, 4064, 7649, -10328, -7649, -4064, // as scipy
    ]); // prettier-ignore
    },
  );

  it('big-endian extensible files may have their GUID in either order', () => {
    const little = extensibleBody(1, { bitDepth: 16, big: true });
    const big = Uint8Array.from(little);
    big.set([0, 0, 0, 1], 24);
    for (const body of [little, big]) {
      const file = riff(
        [
          { id: 'fmt ', body },
          { id: 'data', body: bytesOf(0x40, 0, 0x80, 0) },
        ],
        'RIFX',
      );
      expect(read(file)).toEqual(expected);
    }
  });

  it.each([
    [36, [0x40, 0, 0, 0, 0, 0x80, 0, 0, 0, 0]],
    [45, [0x40, 0, 0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0]],
    [53, [0x40, 0, 0, 0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0]],
    [64, [0x40, 0, 0, 0, 0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0]],
  ])('integers of %i bits, in either order', (bitDepth, big) => {
    const bytes = big.length / 2;
    const little = [...big.slice(0, bytes).reverse(), ...big.slice(bytes).reverse()];
    const file = (body: number[], magic: string) =>
      riff(
        [
          { id: 'fmt ', body: formatBody({ bitDepth, big: magic === 'RIFX' }) },
          { id: 'data', body: Uint8Array.from(body) },
        ],
        magic,
      );
    expect(read(file(little, 'RIFF'))).toEqual(expected);
    expect(read(file(big, 'RIFX'))).toEqual(expected);
  });

  // ITU-T G.711: the loudest and the quietest codes of both signs.
  it.each([
    [6, [0xaa, 0x2a, 0xd5, 0x55], [32256, -32256, 8, -8]],
    [7, [0x80, 0x00, 0xff, 0xfe], [32124, -32124, 0, 8]],
  ])('telephone codes of format %i', (tag, codes, integers) => {
    const file = riff([
      { id: 'fmt ', body: formatBody({ tag, bitDepth: 8 }) },
      { id: 'data', body: Uint8Array.from(codes) },
    ]);
    expect(read(file).map((value) => value * 32768)).toEqual(integers);
  });
});

describe('readWav: errors', () => {
  const name = 'a.wav';
  const withFormat = (body: Uint8Array, data: Uint8Array = int16Body) =>
    riff([{ id: 'fmt ', body }, { id: 'data', body: data }]); // prettier-ignore

  it('shows the text of a text file', () => {
    expect(() => readWav(Uint8Array.from(ascii('hello, I am no sound')), { name })).toThrow(
      'readWav: a.wav must be a WAV file, starting with RIFF….WAVE, got the text "hello, I am no s"',
    );
  });

  it('shows the first bytes of another binary', () => {
    expect(() => readWav(bytesOf(0xff, 0xd8, 0xff), { name })).toThrow('got bytes ff d8 ff');
  });

  it('refuses RIFF files without sound', () => {
    expect(() => readWav(Uint8Array.from([...ascii('RIFF'), ...uint(20, 4), ...ascii('AVI LIST')]), { name })).toThrow(
      'must be a WAV',
    );
  });

  it('refuses an empty file', () => {
    expect(() => readWav(new Uint8Array(0), { name })).toThrow('readWav: a.wav must be a WAV file, got an empty file');
  });

  it('refuses every truncation, and accepts those with sound when told to', () => {
    for (let length = 0; length < plain.length; length++) {
      const cut = plain.subarray(0, length);
      expect(() => readWav(cut, { name }), `cut to ${length}`).toThrow(/a\.wav must/);
      const hasSound = length >= 46;
      if (hasSound) expect(readWav(cut, { truncated: 'accept' }).samples[0]!.length).toBe(1);
    }
  });

  it('says how much of the sound is missing', () => {
    expect(() => readWav(plain.subarray(0, 46), { name })).toThrow(
      'readWav: a.wav must hold the 4 bytes of sound its header declares, got 2 (truncated)',
    );
  });

  it('allocates no memory for sound that is only declared in the header', () => {
    const lie = riff([{ id: 'fmt ', body: formatBody() }, { id: 'data', body: int16Body, declaredSize: 0xfffffff0 }]); // prettier-ignore
    expect(() => readWav(lie, { name })).toThrow('must hold the 4294967280 bytes of sound its header declares, got 4');
    expect(readWav(lie, { truncated: 'accept' }).samples[0]!.length).toBe(2);
  });

  it('refuses files without a data chunk, whatever size the last chunk claims', () => {
    const file = riff([{ id: 'fmt ', body: formatBody() }, { id: 'junk', body: int16Body, declaredSize: 0xfffffff0 }]); // prettier-ignore
    expect(() => readWav(file, { name })).toThrow('readWav: a.wav must hold a fmt and a data chunk, got 48 bytes without');
  });

  it('refuses a file with no samples', () => {
    expect(() => readWav(withFormat(formatBody(), new Uint8Array(0)), { name })).toThrow(
      'a.wav must hold at least one sample, got 0',
    );
  });

  it.each([
    [{ tag: 2 }, 'must hold integer or float PCM, got ADPCM'],
    [{ tag: 85 }, 'must hold integer or float PCM, got MP3'],
    [{ tag: 999 }, 'must hold integer or float PCM, got format 999'],
    [{ channelCount: 0, blockBytes: 2 }, 'must have at least one channel, got 0'],
    [{ sampleRateHz: 0 }, 'must have a positive sample rate, got 0 Hz'],
    [
      { bitDepth: 72 },
      'must hold integer samples of 1, 2, 3, 4, 5, 6, 7, 8 bytes, got 72 bits in blocks of 9 bytes for 1 channels',
    ],
    [{ channelCount: 3, blockBytes: 4 }, 'got 16 bits in blocks of 4 bytes for 3 channels'],
    [{ tag: 3, bitDepth: 16 }, 'must hold float samples of 4, 8 bytes'],
    [{ bitDepth: 0, blockBytes: 0 }, 'got 0 bits in blocks of 0 bytes'],
  ])('refuses the format %o', (format, message) => {
    expect(() => readWav(withFormat(formatBody(format)), { name })).toThrow(message);
  });

  it('refuses a format chunk that is too short', () => {
    expect(() => readWav(withFormat(formatBody().subarray(0, 12)), { name })).toThrow('a fmt chunk of at least 16 bytes, got 12');
  });

  it.each([Number.NaN, Infinity])('refuses the sample %s', (value) => {
    const file = withFormat(formatBody({ tag: 3, bitDepth: 32, channelCount: 2 }), floatBody([0, 0, 0, value], 4));
    expect(() => readWav(file, { name })).toThrow(
      `readWav: a.wav must hold finite samples, got ${value} at sample 1 of channel 1`,
    );
  });
});
