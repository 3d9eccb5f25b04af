// Randomly corrupted videos: each is read as far as possible or rejected with one sentence that names it, within memory bounds.
// CMCGAN_MUTATIONS=2000 npx vitest run packages/sub-urmp/test/video-mutations.test.ts is the long version.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { hasProgram } from '../../../test/extras/program';
import { ffmpegReader } from '../src/prepare/video/ffmpeg-reader';
import { VIDEO_LIMITS } from '../src/prepare/video/video-limits';
import { createRandom } from '@cmcgan/random';
import { MUTATIONS, mutationCases } from './mutate-bytes';
import { temporaryFolder } from './small-archive';

const CASES = mutationCases(27);
const LONGEST_MS = 60_000 * VIDEO_LIMITS.minutes;
/** Memory limit: the sound of the longest video, in pieces and joined, and a frame. */
const MEMORY_LIMIT_BYTES = 2.5 * 2 ** 30;

const present = hasProgram('ffmpeg', 'broken videos are not read');

it.skipIf(!present)(
  `${CASES} corrupted videos result in a sound and frames, or in an error that names the file`,
  async () => {
    const folder = await temporaryFolder();
    const fixtures = fileURLToPath(new URL('fixtures/videos', import.meta.url));
    const names = (await readdir(fixtures)).sort();
    const seeds = await Promise.all(
      names.map(async (name) => ({ name, bytes: new Uint8Array(await readFile(join(fixtures, name))) })), // a Buffer's slice is no copy
    );
    const random = createRandom(45);
    const reader = ffmpegReader();
    const kinds = Object.keys(MUTATIONS);
    const [beforeBytes, counts] = [process.memoryUsage().rss, { read: 0, refused: 0 }];
    let peakBytes = 0;
    for (let i = 0; i < CASES; i++) {
      const kind = kinds[i % kinds.length];
      const seed = seeds[random.integer(seeds.length)];
      const path = join(folder, `${i}-${seed.name}`);
      await writeFile(path, MUTATIONS[kind](seed, random, seeds));
      const label = `case ${i}, ${kind}, ${seed.name}`;
      const result = await read(path).catch((error: Error) => error);
      peakBytes = Math.max(peakBytes, process.memoryUsage().rss - beforeBytes);
      if (result instanceof Error) {
        if (!result.message.startsWith(`prepare: ${path} must `)) throw new Error(`${label}: ${result.message}`);
        counts.refused++;
      } else {
        expect(result.samples, label).toBeLessThanOrEqual((LONGEST_MS / 1000) * 44_100);
        counts.read++;
      }
    }
    expect(peakBytes).toBeLessThan(MEMORY_LIMIT_BYTES);
    expect(Math.min(counts.read, counts.refused)).toBeGreaterThan(CASES / 10);

    async function read(path: string) {
      const samples = (await reader.sound(path)).length;
      let frames = 0;
      for await (const { picture } of reader.frames(path, { firstMs: 250, stepMs: 100 })) {
        expect(picture.pixels.length).toBe(picture.width * picture.height * 3);
        if (++frames > samples / 4410) break; // as in prepare: no frames are wanted beyond the end of the sound
      }
      return { samples, frames };
    }
  },
  CASES * 20_000,
);
