// Compressed sounds corrupted at random: each is decoded as far as possible or refused in one sentence that names it, within bounds.
// CMCGAN_MUTATIONS=2000 npx vitest run packages/audio-features/test/compressed-mutations.test.ts is the long version.
import { expect, it, vi } from 'vitest';
import { decodeAudio } from '../src/decode/decode-audio';
import { seededUniform } from '@cmcgan/random';
import { encoded } from './fixtures/situations';

const CASES = Number(process.env.CMCGAN_MUTATIONS ?? 300);
const MAX_SAMPLES = 2 ** 24;
/** Enough for the allowed samples, both in pieces and joined, and for the decoders' own memory. */
const MEMORY_LIMIT_BYTES = 500 * 2 ** 20;

const SEEDS = [
  'signal.flac',
  'mono-24-bit.flac',
  'ends-in-ff.flac',
  'signal.mp3',
  'mono-22050.mp3',
  'signal.opus',
  'signal.vorbis.ogg',
  '../situations/chained.ogg',
  '../situations/chained.opus',
  '../situations/channels-6.ogg',
  '../situations/channels-6.opus',
  '../situations/flac-in-ogg.ogg',
  '../situations/free-format.mp3',
  '../situations/mono-then-stereo.mp3',
  '../situations/leading-zeros.mp3',
  '../situations/pcm_s24be.aiff',
  '../situations/pcm_f32be.aifc',
];
const files = SEEDS.map((name) => encoded(name));

type Mutation = (bytes: Uint8Array, below: (limit: number) => number) => Uint8Array;

const MUTATIONS: Record<string, Mutation> = {
  'bytes flipped'(bytes, below) {
    for (let n = 1 + below(12); n > 0; n--) bytes[below(bytes.length)] = below(256);
    return bytes;
  },
  'header flipped'(bytes, below) {
    for (let n = 1 + below(4); n > 0; n--) bytes[below(64)] = below(256);
    return bytes;
  },
  truncated: (bytes, below) => bytes.subarray(0, below(bytes.length)),
  'a size that lies'(bytes, below) {
    const at = below(2) === 0 ? below(64) : below(bytes.length - 4);
    bytes.set([[255, 255, 255, 255], [127, 255, 255, 255], [0, 0, 0, 0], [255, 255, 255, 240]][below(4)]!, at); // prettier-ignore
    return bytes;
  },
  'a middle missing'(bytes, below) {
    const [from, count] = [below(bytes.length), below(2000)];
    bytes.copyWithin(from, from + count);
    return bytes.subarray(0, Math.max(from, bytes.length - count));
  },
  'another file spliced in'(bytes, below) {
    const other = files[below(files.length)]!;
    bytes.set(other.subarray(0, bytes.length >> 1), bytes.length >> 2);
    return bytes;
  },
  'all rubbish but the first letters'(bytes, below) {
    for (let i = 40; i < bytes.length; i++) bytes[i] = below(256);
    return bytes;
  },
  empty: () => new Uint8Array(),
};

it(
  `${CASES} corrupted sounds end in samples or in an error that names the file`,
  async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {}); // decoders print what they also report
    const uniform = seededUniform(2, 'mutations');
    const below = (limit: number) => Math.floor(uniform() * limit);
    const kinds = Object.keys(MUTATIONS);
    const beforeBytes = process.memoryUsage().rss;
    const counts = { decoded: 0, refused: 0 };
    let peakBytes = 0;
    for (let i = 0; i < CASES; i++) {
      const kind = kinds[i % kinds.length]!;
      const seed = below(files.length);
      const bytes = MUTATIONS[kind]!(files[seed]!.slice(), below);
      const options = { name: 'bad.snd', maxSamples: MAX_SAMPLES, damaged: i % 3 === 0 ? 'error' : 'accept' } as const;
      const result = await decodeAudio(bytes, options).catch((error: unknown) => error as Error);
      peakBytes = Math.max(peakBytes, process.memoryUsage().rss - beforeBytes);
      const label = `case ${i}, ${kind}, ${SEEDS[seed]}`;
      if (result instanceof Error) {
        if (!/^decodeAudio: bad\.snd must /.test(result.message)) throw new Error(`${label}: ${result.message}`);
        counts.refused++;
      } else {
        const total = result.samples.reduce((sum, channel) => sum + channel.length, 0);
        if (!(total > 0 && total <= MAX_SAMPLES) || !(result.sampleRateHz > 0)) throw new Error(`${label}: ${total} samples`);
        counts.decoded++;
      }
    }
    expect(peakBytes).toBeLessThan(MEMORY_LIMIT_BYTES);
    expect(Math.min(counts.decoded, counts.refused)).toBeGreaterThan(CASES / 10);
  },
  CASES * 5000,
);
