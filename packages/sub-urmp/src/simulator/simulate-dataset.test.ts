import { logMelSpectrum, readWav } from '@cmcgan/audio-features';
import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readGroundTruth, type GroundTruth, type PairTruth } from './ground-truth';
import { INSTRUMENTS, type Instrument } from '../reading/instruments';
import { simulateDataset } from './simulate-dataset';
import { estimatePitchHz } from './sound/estimate-pitch.test-support';

const COUNTS = { pairsPerClass: 24, validationPairsPerClass: 8, songsPerClass: 4 };

let root: string;
let folder: string;
let truth: GroundTruth;
const progress: number[] = [];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'simulator-'));
  folder = join(root, 'data');
  truth = await simulateDataset(folder, { ...COUNTS, seed: 11, onProgress: ({ done, total }) => progress.push(done / total) });
});
afterAll(() => rm(root, { recursive: true, force: true }));

const soundOf = async ({ id }: PairTruth, from = folder) => readWav(await readFile(join(from, 'chunk', `${id}.wav`)));
const pairsOf = (instrument: Instrument) => truth.pairs.filter((pair) => pair.instrument === instrument);
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

describe('simulateDataset: files', () => {
  it("has Sub-URMP's layout: as many pairs as asked for, one every 500 ms from 500 ms on", async () => {
    for (const [split, count] of [
      ['train', 24],
      ['validation', 8],
    ] as const) {
      expect((await readdir(join(folder, 'img', split))).sort()).toEqual([...INSTRUMENTS]);
      for (const instrument of INSTRUMENTS) {
        const pictures = await readdir(join(folder, 'img', split, instrument));
        const sounds = await readdir(join(folder, 'chunk', split, instrument));
        expect(pictures).toHaveLength(count);
        expect(pictures.map((name) => name.replace('.jpg', '.wav')).sort()).toEqual(sounds.sort());
      }
    }
    expect(await readdir(join(folder, 'img', 'train', 'double_bass'))).toContain('double_bass01_500.jpg');
    expect(await readdir(join(folder, 'img', 'train', 'double_bass'))).toContain('double_bass04_3000.jpg');
  });

  it('writes 44.1 kHz 16-bit stereo of 22,050 samples with equal channels, and 128 × 128 JPEGs', async () => {
    for (const pair of truth.pairs.filter((_, i) => i % 29 === 0)) {
      const bytes = await readFile(join(folder, 'chunk', `${pair.id}.wav`));
      expect(bytes.readUInt16LE(34)).toBe(16);
      const { samples, sampleRateHz } = readWav(bytes);
      expect([samples.length, samples[0].length, sampleRateHz]).toEqual([2, 22050, 44100]);
      expect(samples[0]).toEqual(samples[1]);
      const { width, height, format } = await sharp(join(folder, 'img', `${pair.id}.jpg`)).metadata();
      expect([width, height, format]).toEqual([128, 128, 'jpeg']);
    }
  });

  it('takes training and validation pairs from different songs', () => {
    for (const instrument of INSTRUMENTS) {
      const songs = (split: string) =>
        new Set(
          pairsOf(instrument)
            .filter((pair) => pair.split === split)
            .map((pair) => pair.song),
        );
      expect(songs('train').size).toBe(4);
      songs('validation').forEach((song) => expect(songs('train').has(song)).toBe(false));
    }
  });

  it('gives the same bytes for the same seed, others for another', async () => {
    const counts = { pairsPerClass: 2, validationPairsPerClass: 1, songsPerClass: 1, imageSize: 64 };
    const [a, b, c] = ['a', 'b', 'c'].map((name) => join(root, name));
    await simulateDataset(a, { ...counts, seed: 3 });
    await simulateDataset(b, { ...counts, seed: 3 });
    await simulateDataset(c, { ...counts, seed: 4 });
    const files = (await readdir(a, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(files).toHaveLength(13 * 3 * 2 + 1);
    for (const file of files) {
      const path = join(file.parentPath, file.name).slice(a.length);
      const bytes = await Promise.all([a, b, c].map((one) => readFile(join(one, path))));
      expect(bytes[0].equals(bytes[1]), path).toBe(true);
      expect(bytes[0].equals(bytes[2]), path).toBe(false);
    }
  });

  it('reports progress up to the end', () => {
    expect(progress).toHaveLength(13 * 5);
    expect(progress).toEqual([...progress].sort((x, y) => x - y));
    expect(progress[progress.length - 1]).toBe(1);
  });

  it('stores the ground truth that it returns', async () => {
    expect(await readGroundTruth(folder)).toEqual(truth);
  });
});

describe('simulateDataset: sounds', () => {
  it.each(INSTRUMENTS)('%s: what is heard is the pitch that the ground truth names', async (instrument) => {
    const steady = pairsOf(instrument).filter((pair) => pair.noteShare > 0.85);
    expect(steady.length).toBeGreaterThan(2);
    const cents = await Promise.all(
      steady.map(async (pair) => {
        const { samples } = await soundOf(pair);
        return Math.abs(1200 * Math.log2(estimatePitchHz(samples[0]) / pair.frequencyHz));
      }),
    );
    expect(median(cents)).toBeLessThan(25);
    expect(cents.filter((error) => error < 60).length / cents.length).toBeGreaterThan(0.8);
  });

  it('names the instruments: nearest centroids of the training spectra recognise most validation sounds', async () => {
    const feature = async (pair: PairTruth) => spectrumShape((await soundOf(pair)).samples[0]);
    const [train, validation] = await Promise.all(
      ['train', 'validation'].map((split) =>
        Promise.all(
          truth.pairs.filter((pair) => pair.split === split).map(async (pair) => ({ pair, vector: await feature(pair) })),
        ),
      ),
    );
    const centroids = INSTRUMENTS.map((instrument) =>
      mean(train.filter(({ pair }) => pair.instrument === instrument).map(({ vector }) => vector)),
    );
    const right = validation.filter(({ pair, vector }) => INSTRUMENTS[nearest(vector, centroids)] === pair.instrument);
    expect(right.length / validation.length).toBeGreaterThan(0.4); // chance: 1 in 13;
  });

  it('begins and ends without a click', async () => {
    for (const pair of truth.pairs.filter((_, i) => i % 29 === 0)) {
      const [samples] = (await soundOf(pair)).samples;
      expect(Math.max(...[0, 1, 22048, 22049].map((i) => Math.abs(samples[i]))), pair.id).toBeLessThan(1e-4);
    }
  });

  it('is as loud as it says: the level follows the loudness', () => {
    for (const pair of truth.pairs.filter(({ noteShare }) => noteShare > 0.95)) {
      expect(Math.abs(pair.levelDb - (-32 + 16 * pair.loudness)), pair.id).toBeLessThan(4);
    }
  });
});

describe('simulateDataset: pictures', () => {
  it.each(INSTRUMENTS)('%s: the hand can be found where the pitch says', async (instrument) => {
    const errors = await Promise.all(
      pairsOf(instrument).map(async (pair) => {
        const song = truth.songs.find((one) => one.instrument === instrument && one.song === pair.song)!;
        return Math.abs((await findHand(pair, song.person.skin)) - pair.handPosition);
      }),
    );
    expect(median(errors)).toBeLessThan(0.05);
    expect(errors.filter((error) => error < 0.12).length / errors.length).toBeGreaterThan(0.75);
  });
});

describe('simulateDataset: folders and arguments', () => {
  const few = { pairsPerClass: 1, validationPairsPerClass: 1, songsPerClass: 1, imageSize: 16, seed: 1 };

  it('replaces its own data set, also after an interruption, and nothing else in the folder', async () => {
    const again = join(root, 'again');
    await simulateDataset(again, { ...few, pairsPerClass: 2 });
    await writeFile(join(again, 'notes.txt'), 'mine');
    const interrupted = simulateDataset(again, {
      ...few,
      onProgress: () => {
        throw new Error('stopped');
      },
    });
    await expect(interrupted).rejects.toThrow('stopped');
    expect((await readGroundTruth(again)).pairs).toHaveLength(13 * 3);
    await simulateDataset(again, few);
    expect((await readGroundTruth(again)).pairs).toHaveLength(13 * 2);
    expect((await readdir(again)).sort()).toEqual(['chunk', 'ground-truth.json', 'img', 'notes.txt']);
    expect(await readdir(join(again, 'img', 'train', 'cello'))).toEqual(['cello01_500.jpg']);
  });

  it('replaces the data set of an earlier simulator, which can still be read', async () => {
    const old = join(root, 'old');
    await mkdir(old);
    await writeFile(join(old, 'ground-truth.json'), '{"generator":"@cmcgan/sub-urmp simulator 1","seed":5}');
    expect((await readGroundTruth(old)).seed).toBe(5);
    await simulateDataset(old, few);
    expect((await readGroundTruth(old)).generator).toBe('@cmcgan/sub-urmp simulator 2');
  });

  it('refuses the ground truth of another program', async () => {
    const other = join(root, 'other');
    await mkdir(other);
    await writeFile(join(other, 'ground-truth.json'), '{"generator":"tunes"}');
    await expect(readGroundTruth(other)).rejects.toThrow(
      'readGroundTruth: generator must be @cmcgan/sub-urmp simulator 2 or an earlier one, got tunes',
    );
  });

  it('starts again in a folder whose first simulation was interrupted, unless other data has come into it', async () => {
    const first = join(root, 'first');
    const stop = () => {
      throw new Error('stopped');
    };
    await expect(simulateDataset(first, { ...few, onProgress: stop })).rejects.toThrow('stopped');
    expect(await readdir(first)).toEqual(['.simulating']);
    await simulateDataset(first, few);
    expect((await readdir(first)).sort()).toEqual(['chunk', 'ground-truth.json', 'img']);

    const mixed = join(root, 'mixed');
    await expect(simulateDataset(mixed, { ...few, onProgress: stop })).rejects.toThrow('stopped');
    await mkdir(join(mixed, 'img'));
    await expect(simulateDataset(mixed, few)).rejects.toThrow('choose another folder');
  });

  it("refuses somebody else's folder", async () => {
    const theirs = join(root, 'theirs');
    await mkdir(join(theirs, 'img'), { recursive: true });
    await expect(simulateDataset(theirs, few)).rejects.toThrow(
      `simulateDataset: folder must be new, empty or made by simulateDataset, got ${theirs} with img; choose another folder`,
    );
  });

  it('refuses a folder that cannot be written', async () => {
    const file = join(root, 'file');
    await writeFile(file, '');
    await expect(simulateDataset(file, few)).rejects.toThrow(
      `simulateDataset: folder must be a writable folder, got ${file} (ENOTDIR)`,
    );
  });

  it.each([
    [{ pairsPerClass: 0 }, 'simulateDataset: pairsPerClass must be an integer from 1 to 100000, got 0'],
    [{ validationPairsPerClass: 1.5 }, 'simulateDataset: validationPairsPerClass must be an integer from 1 to 100000, got 1.5'],
    [{ pairsPerClass: 3, songsPerClass: 4 }, 'simulateDataset: songsPerClass must be an integer from 1 to 3, got 4'],
    [{ imageSize: 8 }, 'simulateDataset: imageSize must be an integer from 16 to 2048, got 8'],
    [{ seed: -1 }, 'simulateDataset: seed must be an integer from 0 to 9007199254740991, got -1'],
  ])('names a bad argument: %j', async (options, message) => {
    await expect(simulateDataset(join(root, 'never'), { ...few, ...options })).rejects.toThrow(message);
  });

  it('says so if a folder holds no ground truth', async () => {
    await expect(readGroundTruth(root)).rejects.toThrow('readGroundTruth: folder must hold ground-truth.json');
  });
});

/** Mean log-mel spectrum over time, with its mean subtracted, so that loudness does not matter. */
function spectrumShape(samples: Float32Array): number[] {
  const { data, melCount, frameCount } = logMelSpectrum(samples, { sampleRateHz: 44100 });
  const bands = Array.from(
    { length: melCount },
    (_, m) => data.subarray(m * frameCount, (m + 1) * frameCount).reduce((a, b) => a + b) / frameCount,
  );
  const level = bands.reduce((a, b) => a + b) / melCount;
  return bands.map((band) => band - level);
}

function mean(vectors: number[][]): number[] {
  return vectors[0].map((_, i) => vectors.reduce((sum, vector) => sum + vector[i], 0) / vectors.length);
}

function nearest(vector: number[], centroids: number[][]): number {
  const distances = centroids.map((centroid) => centroid.reduce((sum, value, i) => sum + (value - vector[i]) ** 2, 0));
  return distances.indexOf(Math.min(...distances));
}

/** Slides along the documented track and returns the position at which a disc of pixels is closest to the skin's colour. */
async function findHand({ id, handTrack }: PairTruth, skin: string): Promise<number> {
  const { data, info } = await sharp(join(folder, 'img', `${id}.jpg`))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const colour = [1, 3, 5].map((at) => parseInt(skin.slice(at, at + 2), 16));
  const distanceAt = (position: number) => {
    const quarter = Math.min(3, Math.floor(4 * position));
    const [from, to] = handTrack.slice(quarter, quarter + 2);
    const x = (from.x + (4 * position - quarter) * (to.x - from.x)) * info.width;
    const y = (from.y + (4 * position - quarter) * (to.y - from.y)) * info.height;
    let sum = 0;
    for (let dy = -4; dy <= 4; dy++) {
      for (let dx = -4; dx <= 4; dx++) {
        const pixel = (Math.round(y + dy - 0.5) * info.width + Math.round(x + dx - 0.5)) * 3;
        if (dx * dx + dy * dy <= 16) sum += colour.reduce((total, value, c) => total + Math.abs(value - data[pixel + c]), 0);
      }
    }
    return sum;
  };
  const positions = Array.from({ length: 101 }, (_, i) => i / 100);
  const distances = positions.map(distanceAt);
  return positions[distances.indexOf(Math.min(...distances))];
}
