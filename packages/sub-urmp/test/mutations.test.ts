// Randomly corrupted files: each results in a feature of the right size or in an error that names the file.
import { expect, it } from 'vitest';
import { LMS_SAMPLES, writeWav } from '@cmcgan/audio-features';
import { encodePng } from '@cmcgan/image-io';
import { BrokenFileError } from '../src/reading/check/broken-file';
import { FRAME, LMS, type FeatureKind } from '../src/reading/features/feature-kind';
import { createRandom } from '@cmcgan/random';
import { MUTATIONS, type MutationSeed } from './mutate-bytes';
import { noisyJpeg, toneWav } from './small-archive';

const CASES = 2000;
/** Memory limit for one file: a decoded picture of the largest size allowed, and the decoder's own memory. */
const MEMORY_LIMIT_BYTES = 600 * 2 ** 20;

async function seeds(): Promise<MutationSeed[]> {
  const tone = Float32Array.from({ length: LMS_SAMPLES }, (_, i) => 0.3 * Math.sin(i / 9));
  const noise = { pixels: Uint8Array.from({ length: 40 * 30 * 3 }, (_, i) => (i * 31) % 256), width: 40, height: 30 };
  const jpeg = await noisyJpeg(1);
  const frameHeader = jpeg.findIndex((byte, i) => byte === 0xff && jpeg[i + 1] === 0xc0);
  return [
    { name: 'horn01_500.jpg', bytes: jpeg, sizeFields: [4, frameHeader + 2, frameHeader + 5, frameHeader + 7] },
    { name: 'horn01_600.png', bytes: await encodePng(noise), sizeFields: [8, 16, 20, 33] },
    { name: 'horn01_700.wav', bytes: toneWav(1), sizeFields: [4, 16, 22, 24, 28, 32, 34, 40] },
    {
      name: 'horn01_800.wav',
      bytes: writeWav({ samples: tone, sampleRateHz: 44_100, bitDepth: 32 }),
      sizeFields: [4, 16, 22, 24, 32, 34, 40],
    },
  ];
}

it(`${CASES} corrupted files result in a feature or in an error that names the file, within memory bounds`, async () => {
  const random = createRandom(2000);
  const originals = await seeds();
  const names = Object.keys(MUTATIONS);
  const outcomes = new Map<string, { read: number; refused: number }>();
  let peakBytes = 0;
  const before = process.memoryUsage().rss;
  for (let i = 0; i < CASES; i++) {
    const mutation = names[i % names.length];
    const seed = originals[random.integer(originals.length)];
    const bytes = MUTATIONS[mutation](seed, random, originals);
    const kind: FeatureKind = seed.name.endsWith('.wav') ? LMS : FRAME;
    const label = `case ${i}, ${mutation}, ${seed.name}`;
    const result = await kind.compute(bytes, seed.name).catch((error: unknown) => error);
    peakBytes = Math.max(peakBytes, process.memoryUsage().rss - before);
    const outcome = outcomes.get(mutation) ?? { read: 0, refused: 0 };
    if (result instanceof BrokenFileError) {
      if (!result.message.includes(seed.name) || result.path !== seed.name) throw new Error(`${label}: ${result.message}`);
      outcome.refused++;
    } else {
      if (!(result instanceof Uint8Array) || result.byteLength !== kind.byteLength)
        throw new Error(`${label}: ${String(result)}`);
      if (kind === LMS && !new Float32Array(result.slice().buffer).every(Number.isFinite))
        throw new Error(`${label}: not finite`);
      outcome.read++;
    }
    outcomes.set(mutation, outcome);
  }
  expect(peakBytes).toBeLessThan(MEMORY_LIMIT_BYTES);
  expect(outcomes.get('empty')?.read).toBe(0);
  expect(outcomes.get('all rubbish')?.read).toBe(0);
  // make sure that the cases test something: some damage is harmless, most is detected
  const total = [...outcomes.values()].reduce((sum, { refused }) => sum + refused, 0);
  expect(total).toBeGreaterThan(CASES / 2);
  expect(outcomes.get('bytes flipped')?.read).toBeGreaterThan(10);
});
