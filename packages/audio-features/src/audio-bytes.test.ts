import { describe, expect, it } from 'vitest';
import { encoded } from '../test/fixtures/situations';
import { decodeAudio } from './decode/decode-audio';
import { readWav } from './wav/read-wav';
import { streamWav } from './wav/stream-wav';
import type { WavSource } from './wav/stream-wav';
import { writeWav } from './wav/write-wav';

const samples = [Float32Array.of(0.5, -0.25, 0.125)];
const wav = writeWav({ samples, sampleRateHz: 8000 });

/** The bytes in the middle of a larger buffer, as any view may have them. */
function inside(bytes: Uint8Array, Buffer: new (length: number) => ArrayBufferLike = ArrayBuffer): Uint8Array {
  const larger = new Uint8Array(new Buffer(bytes.length + 12));
  larger.set(bytes, 6);
  return larger.subarray(6, 6 + bytes.length);
}

/** Like Node's Buffer: `slice` shares its memory. */
class SharingBytes extends Uint8Array {
  override slice(start?: number, end?: number): Uint8Array<ArrayBuffer> {
    return this.subarray(start, end) as Uint8Array<ArrayBuffer>;
  }
}

const SOURCES: [string, (bytes: Uint8Array) => ArrayBufferView | ArrayBufferLike][] = [
  ['a Uint8Array', (bytes) => bytes],
  ['an ArrayBuffer', (bytes) => bytes.slice().buffer],
  ['a view of a part', (bytes) => inside(bytes)],
  ['a DataView', (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length)],
  ['an Int16Array', (bytes) => new Int16Array(inside(bytes).buffer, 6, bytes.length / 2)],
  ['a Uint8ClampedArray', (bytes) => Uint8ClampedArray.from(bytes)],
  ['a Buffer', (bytes) => new SharingBytes(bytes)],
];
if (typeof SharedArrayBuffer === 'undefined') {
  console.warn('Skipped: this page is not cross-origin isolated, so shared memory is not decoded.');
} else {
  SOURCES.push(['a view of shared memory', (bytes) => inside(bytes, SharedArrayBuffer)]);
  SOURCES.push(['a SharedArrayBuffer', (bytes) => inside(bytes, SharedArrayBuffer).buffer.slice(6, 6 + bytes.length)]);
}

/** Blobs and Responses are made of plain memory. */
const plain = (bytes: Uint8Array) => bytes.slice().buffer as ArrayBuffer;

async function collect(source: WavSource): Promise<number[]> {
  const values: number[] = [];
  for await (const piece of streamWav(source)) values.push(...piece.samples[0]!);
  return values;
}

describe.each(SOURCES)('%s', (_, from) => {
  it('is read by readWav, streamWav and decodeAudio', async () => {
    const source = from(wav);
    expect(readWav(source)).toEqual({ samples, sampleRateHz: 8000 });
    expect(await decodeAudio(source)).toEqual({ samples, sampleRateHz: 8000 });
    expect(await collect(source)).toEqual([...samples[0]!]);
    async function* pieces() {
      yield from(wav.subarray(0, 20));
      yield from(wav.subarray(20));
    }
    expect(await collect(pieces())).toEqual([...samples[0]!]);
  });

  it.each(['signal.flac', 'signal.vorbis.ogg', 'signal.opus', 'signal.mp3'])(
    'is decoded, and is not changed: %s',
    async (file) => {
      const whole = encoded(file);
      const bytes = whole.subarray(0, whole.length - (whole.length % 2)); // Int16Arrays have an even length
      const source = from(bytes);
      const options = { damaged: 'accept' } as const;
      const decode = (each: ArrayBufferView | ArrayBufferLike) =>
        decodeAudio(each, options).then(
          ({ samples: [first] }) => first!.length,
          ({ message }: Error) => message,
        );
      expect(await decode(source)).toEqual(await decode(bytes.slice()));
      const kept = ArrayBuffer.isView(source)
        ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
        : new Uint8Array(source);
      expect([...kept]).toEqual([...bytes]);
    },
  );
});

describe('a file that is still to be read', () => {
  it.each<[string, () => Blob | Response]>([
    ['Blob', () => new Blob([plain(wav)])],
    ['File', () => new File([plain(wav)], 'a.wav')],
    ['Response', () => new Response(plain(wav))],
  ])('%s', async (_, open) => {
    expect(await decodeAudio(open())).toEqual({ samples, sampleRateHz: 8000 });
    expect(await collect(open())).toEqual([...samples[0]!]);
  });

  it('may be a web stream', async () => {
    expect(await collect(new Blob([plain(wav)]).stream())).toEqual([...samples[0]!]);
  });

  it('appears by name in errors', async () => {
    const file = new File([plain(wav.subarray(0, 46))], 'b.wav');
    await expect(decodeAudio(file)).rejects.toThrow('decodeAudio: b.wav must hold the 6 bytes of sound');
    await expect(collect(file)).rejects.toThrow('streamWav: b.wav must hold the 6 bytes of sound');
  });

  it('must have been found', async () => {
    const missing = () => new Response('Not found', { status: 404 });
    await expect(decodeAudio(missing())).rejects.toThrow('decodeAudio: the response must be a success, got status 404');
    await expect(collect(missing())).rejects.toThrow('streamWav: the response must be a success, got status 404');
  });

  it.each([
    ['a.wav', 'the text "a.wav"'],
    [undefined, 'undefined'],
    [[1, 2, 3], 'Array'],
    [{}, 'Object'],
  ])('is not %j', async (source, found) => {
    await expect(decodeAudio(source as unknown as Uint8Array)).rejects.toThrow(
      `decodeAudio: bytes must be a Uint8Array, ArrayBuffer, Blob or Response, got ${found}`,
    );
    expect(() => readWav(source as unknown as Uint8Array)).toThrow(
      `readWav: bytes must be a Uint8Array or ArrayBuffer, got ${found}`,
    );
    await expect(collect(source as unknown as Uint8Array)).rejects.toThrow('streamWav: bytes must be a Uint8Array');
  });
});
