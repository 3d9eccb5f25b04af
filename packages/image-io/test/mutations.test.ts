// Pictures corrupted at random: each is read or refused in one sentence that names it, within bounds.
// CMCGAN_MUTATIONS=2000 npx vitest run packages/image-io/test/mutations.test.ts is the long version, with that many of each kind.
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../src/decode-image';
import { inspectImage } from '../src/inspect/inspect-image';
import { fixture } from './fixture';

const CASES = Number(process.env.CMCGAN_MUTATIONS ?? 60);
const MAX_PIXELS = 2 ** 20;
/** Enough for a few copies of pictures of this size, and for the decoders' own memory. */
const MEMORY_LIMIT_BYTES = 500 * 2 ** 20;
/** No picture this small takes this long on any machine unless the decoder hangs. */
const HANGS_MS = 30_000;

const noisy = () => {
  const pixels = Uint8Array.from({ length: 60 * 44 * 3 }, (_, i) => (((i * 31) % 256) >> 2) + ((i / 180) | 0) * 3);
  return sharp(pixels, { raw: { width: 60, height: 44, channels: 3 } });
};
const profile = fixture('profiles/adobe.png');

const SEEDS: Record<string, () => Promise<Uint8Array[]>> = {
  jpeg: () =>
    Promise.all([
      noisy().jpeg({ quality: 80 }).toBuffer(),
      noisy().jpeg({ progressive: true, quality: 90 }).toBuffer(),
      noisy().jpeg({ mozjpeg: true }).withMetadata({ orientation: 6 }).toBuffer(),
      fixture('cmyk.jpg'),
    ]),
  png: () =>
    Promise.all([
      noisy().png().toBuffer(),
      noisy().png({ palette: true }).toBuffer(),
      noisy().png({ progressive: true }).withMetadata({ orientation: 3 }).toBuffer(),
      profile,
    ]),
  webp: () => Promise.all([noisy().webp().toBuffer(), noisy().webp({ lossless: true }).toBuffer(), fixture('orient6.webp')]),
  gif: () => Promise.all([noisy().gif().toBuffer(), fixture('gif-small-frame.gif')]),
  avif: () =>
    Promise.all([
      noisy().avif({ effort: 0 }).toBuffer(),
      fixture('ramp-400-limited.avif'),
      noisy().avif({ bitdepth: 10, effort: 0 }).toBuffer(),
      fixture('avif/sequence.avif'),
      fixture('avif/limited-alpha.avif'),
    ]),
  tiff: () =>
    Promise.all([
      noisy().tiff({ compression: 'lzw' }).toBuffer(),
      noisy().tiff({ compression: 'jpeg', tile: true }).toBuffer(),
      noisy().toColourspace('rgb16').tiff({ compression: 'none' }).toBuffer(),
      noisy().toColourspace('cmyk').tiff({ compression: 'deflate' }).toBuffer(),
      ...['signed-16', 'signed-32', 'grey-12', 'colours-12', 'extra-plane', 'old-jpeg'].map((name) =>
        fixture(`tiff/${name}.tif`),
      ),
    ]),
};

/** Whole numbers below a limit, the same for the same seed (Park and Miller's generator). */
function below(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 48271) % 2147483647;
    return Math.floor((state / 2147483647) * limit);
  };
}

type Mutation = (bytes: Uint8Array, random: (limit: number) => number) => Uint8Array;

const MUTATIONS: Record<string, Mutation> = {
  'bytes flipped'(bytes, random) {
    for (let n = 1 + random(12); n > 0; n--) bytes[random(bytes.length)] = random(256);
    return bytes;
  },
  'header flipped'(bytes, random) {
    for (let n = 1 + random(4); n > 0; n--) bytes[random(Math.min(200, bytes.length))] = random(256);
    return bytes;
  },
  truncated: (bytes, random) => bytes.slice(0, random(bytes.length)),
  'a size that lies'(bytes, random) {
    const lies = [[255, 255, 255, 255], [127, 255, 255, 255], [0, 0, 0, 0], [255, 255, 255, 240]]; // prettier-ignore
    bytes.set(lies[random(4)]!, random(2) === 0 ? random(60) : random(bytes.length - 4));
    return bytes;
  },
  'a stretch of zeros'(bytes, random) {
    const from = random(bytes.length);
    return bytes.fill(0, from, from + random(bytes.length - from));
  },
  'a middle missing'(bytes, random) {
    const [from, count] = [random(bytes.length), random(300)];
    bytes.copyWithin(from, from + count);
    return bytes.slice(0, Math.max(from, bytes.length - count));
  },
  'a part twice'(bytes, random) {
    const from = random(bytes.length);
    return new Uint8Array(Buffer.concat([bytes.subarray(0, from + random(bytes.length - from)), bytes.subarray(from)]));
  },
  'all rubbish but the first letters'(bytes, random) {
    for (let i = 40; i < bytes.length; i++) bytes[i] = random(256);
    return bytes;
  },
};

async function answer(bytes: Uint8Array, name: string): Promise<'read' | 'refused'> {
  let timer: NodeJS.Timeout | undefined;
  const hangs = new Promise<never>((_, fail) => (timer = setTimeout(() => fail(new Error('hangs')), HANGS_MS)));
  try {
    const { pixels, width, height } = await Promise.race([decodeImage(bytes, { name, maxPixels: MAX_PIXELS }), hangs]);
    if (pixels.length !== 128 * 128 * 3 || width !== 128 || height !== 128) throw new Error(`${name}: ${width}×${height}`);
    return 'read';
  } catch (error) {
    const { message } = error as Error;
    if (!/^decodeImage: [^\n]+ must [^\n]+, (got:?|but) [^\n]+$/.test(message) || !message.includes(name))
      throw new Error(`${name}: ${message}`, { cause: error });
    return 'refused';
  } finally {
    clearTimeout(timer);
  }
}

describe.each(Object.keys(SEEDS))('%s', (kind) => {
  it(
    `${CASES} corrupted pictures end in pixels or in an error that names the file`,
    async () => {
      const random = below(2028);
      const seeds = await SEEDS[kind]!();
      const names = Object.keys(MUTATIONS);
      const counts = { read: 0, refused: 0 };
      const before = process.memoryUsage().rss;
      let peak = 0;
      for (let i = 0; i < CASES; i++) {
        const mutation = names[i % names.length]!;
        const bytes = MUTATIONS[mutation]!(new Uint8Array(seeds[random(seeds.length)]!), random);
        const before = bytes.slice();
        counts[await answer(bytes, `${mutation.replaceAll(' ', '-')}-${i}.${kind}`)]++;
        if (Buffer.compare(bytes, before) !== 0) throw new Error(`case ${i}: the bytes were changed`);
        await inspectImage(bytes); // never throws
        peak = Math.max(peak, process.memoryUsage().rss);
      }
      expect(peak - before).toBeLessThan(MEMORY_LIMIT_BYTES);
      expect(counts.refused).toBeGreaterThan(CASES / 4);
      expect(counts.read).toBeGreaterThan(0);
      if (process.env.CMCGAN_MUTATIONS) console.info(kind, counts);
    },
    20 * 60_000,
  );
});
