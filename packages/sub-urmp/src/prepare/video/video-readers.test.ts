import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasProgram } from '../../../../../test/extras/program';
import { ffmpegReader } from './ffmpeg-reader';
import { loadNodeAv } from './node-av-reader';
import { openVideoReader } from './open-video-reader';
import type { VideoReader } from './video-reader';

const fixture = (name: string) => fileURLToPath(new URL(`../../../test/fixtures/videos/${name}`, import.meta.url));
const nodeAvFolder = process.env.CMCGAN_NODE_AV ?? '.';
const readers: [string, VideoReader | undefined][] = [
  ['ffmpeg', hasProgram('ffmpeg', 'videos are not read with it') ? ffmpegReader() : undefined],
  ['node-av', await loadNodeAv(nodeAvFolder)],
];
if (!readers[1][1])
  console.warn('Skipped: node-av is not installed, so videos are not read with it (CMCGAN_NODE_AV names its folder).');

/** Where the white square's left edge is: the frame's number, for it moves one pixel a frame. */
function squareAt({ pixels, width }: { pixels: Uint8Array; width: number }): number {
  const row = Array.from({ length: width }, (_, x) => pixels[(8 * width + x) * 3]);
  return row.findIndex((level) => level > 128);
}

/** The same two seconds in every container. */
const NAMES = ['mp4', 'webm', 'mkv', 'mov', 'avi', 'mpg', 'm2ts', 'wmv', 'flv', '3gp'].map((extension) => `tone.${extension}`);

/** One suite for all readers. */
describe.each(readers)('videos by %s', (_, reader) => {
  const it_ = it.skipIf(!reader);
  const { frames, sound } = reader ?? ({} as VideoReader);

  it_.each([...NAMES, 'turned.mp4'])('%s: the frame shown at each time', async (name) => {
    const seen: [number, number][] = [];
    for await (const { index, picture } of frames(fixture(name), { firstMs: 250, stepMs: 100 })) {
      expect([picture.width, picture.height, picture.pixels.length]).toEqual([64, 48, 64 * 48 * 3]);
      seen.push([index, squareAt(picture)]);
    }
    // 25 frames a second: at 250 ms frame 6 is on, at 350 ms frame 8, …; blurred edges and a container's whole milliseconds may cost one
    expect(seen.length).toBeGreaterThanOrEqual(17);
    for (const [index, at] of seen.slice(0, 15))
      expect(Math.abs(at - Math.floor((250 + 100 * index) / 40))).toBeLessThanOrEqual(1);
    expect(seen.map(([index]) => index)).toEqual(seen.map((_entry, i) => i));
  });

  it_.each(NAMES)('%s: the sound at its time', async (name) => {
    const samples = await sound(fixture(name));
    expect(Math.abs(samples.length - 88_200)).toBeLessThan(4410);
    const rms = (fromMs: number, toMs: number) => {
      const part = samples.subarray(fromMs * 44.1, toMs * 44.1);
      return Math.sqrt(part.reduce((sum, value) => sum + value * value, 0) / part.length);
    };
    expect(rms(0, 440)).toBeLessThan(0.01); // the tone begins at 500 ms; lossy codecs smear it by some 30 ms
    expect(rms(560, 1900)).toBeGreaterThan(0.19);
    expect(rms(560, 1900)).toBeLessThan(0.23); // 0.3 / √2 = 0.212
  });

  it_('a video without sound, and one without picture', async () => {
    const [silent, unseen] = [fixture('silent.mp4'), fixture('soundonly.mp4')];
    const rule = 'must be a video with picture and sound, got one that has no';
    await expect(sound(silent)).rejects.toThrow(`prepare: ${silent} ${rule} sound`);
    const first = frames(unseen, { firstMs: 250, stepMs: 100 })[Symbol.asyncIterator]().next();
    await expect(first).rejects.toThrow(`prepare: ${unseen} ${rule} picture`);
  });

  it_('a file that is not a video is named', async () => {
    const path = fixture('../make-videos.sh');
    await expect(sound(path)).rejects.toThrow(`prepare: ${path} must be a video with picture and sound`);
    await expect(frames(path, { firstMs: 250, stepMs: 100 })[Symbol.asyncIterator]().next()).rejects.toThrow(path);
  });
});

describe('openVideoReader', () => {
  it('tells in one sentence what to install if there is nothing', async () => {
    await expect(openVideoReader({ reader: 'ffmpeg', folder: '/', ffmpeg: '/no/such/ffmpeg' })).rejects.toThrow(
      'prepare: ffmpeg must be on PATH to read videos with it, got none: apt-get install ffmpeg, or brew install ffmpeg',
    );
    const nothing = openVideoReader({ folder: '/', ffmpeg: '/no/such/ffmpeg' });
    if (await loadNodeAv('/')) await expect(nothing).resolves.toMatchObject({ name: 'node-av' });
    else {
      await expect(nothing).rejects.toThrow(
        'prepare: to read videos, ffmpeg must be on PATH or the npm package node-av installed, got neither: apt-get install ffmpeg, or brew install ffmpeg, or npm install node-av@6',
      );
    }
  });
});
