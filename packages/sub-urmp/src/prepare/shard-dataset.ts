import { open, type FileHandle } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { createRandom } from '@cmcgan/random';
import { escapeDots } from '../reading/archive/list-shards';
import { readPairFile } from '../reading/archive/pair-file';
import { BLOCK_BYTES, paddedSize, tarHeader } from '../reading/archive/tar-header';
import { describeDataset, readDatasetCard, writeDatasetCard, type DatasetCard } from '../reading/card/dataset-card';
import type { Dataset } from '../reading/dataset';
import { openDataset, type OpenDatasetOptions } from '../reading/open-dataset';
import type { Pair } from '../reading/pair';
import { explainFullDisk, writing } from './full-disk';
import { openPreparedFolder } from './prepared-folder';

/** How to write a data set as tar files. */
export interface ShardOptions extends Pick<
  OpenDatasetOptions,
  'onBroken' | 'onMissingHalf' | 'cacheFolder' | 'threads' | 'splits' | 'instruments' | 'onWarning'
> {
  /** Pairs in a shard; the last of a split may have fewer. Default 1000, about 100 MB. */
  pairsPerShard?: number;
  /** For the order of the pairs, which is random so that a reader of one shard after the other sees all classes. Default 1. */
  seed?: number;
  /** Called with the number of pairs read or written so far, and of all pairs. */
  onProgress?: (progress: { step: 'reading' | 'writing'; done: number; total: number }) => void;
}

/**
 * Writes a data set as tar files in WebDataset's layout, `train-000000.tar`, …, `validation-000000.tar`, …: each pair is `<class>/<stem>.jpg`,
 * `.wav` (or whatever its files are) and `.json` with its class, split, song and time. `openDataset` reads the folder as it reads the
 * original: same pairs, same hash. The same data and options give the same bytes. The folder appears completely or not at all.
 * @returns the card of the written set, which is stored in it
 * @throws Error if the data set has broken files (unless `onBroken` is `skip`), or `out` holds anything but a prepared set
 */
export async function shardDataset(folder: string, out: string, options: ShardOptions = {}): Promise<DatasetCard> {
  const { pairsPerShard = 1000, seed = 1, onProgress = () => {}, ...reading } = options;
  if (!Number.isInteger(pairsPerShard) || pairsPerShard < 1)
    throw new RangeError(`shardDataset: pairsPerShard must be a positive integer, got ${pairsPerShard}`);
  const onRead = ({ done, total }: { done: number; total: number }) => onProgress({ step: 'reading', done, total });
  const dataset = await openDataset(folder, { ...reading, onProgress: onRead });
  const prepared = await openPreparedFolder(out, [folder]);
  const { workspace } = prepared;
  try {
    await writeShards(dataset, workspace, { pairsPerShard, seed, onProgress });
    const { note, preparation } = (await readDatasetCard(folder)) ?? {};
    const written = await openWritten(dataset, workspace, options);
    const card = describeDataset(written, { note, preparation });
    await writeDatasetCard(workspace, card);
    await prepared.publish();
    return card;
  } catch (error) {
    const explained = await explainFullDisk(error, { workspace, folder: out });
    await prepared.discard();
    throw explained;
  }
}

/** Reads what was written, whose features are in the original's cache, and makes sure that it is the same set. */
async function openWritten(dataset: Dataset, workspace: string, { cacheFolder, threads }: ShardOptions): Promise<Dataset> {
  const { decibelRange, manifestHash, folder } = dataset;
  const cache = cacheFolder === undefined ? join(folder, '.cmcgan-cache') : cacheFolder;
  const written = await openDataset(workspace, { decibelRange, threads, cacheFolder: cache });
  if (written.manifestHash === manifestHash) return written;
  throw new Error(
    `shardDataset: the shards of ${folder} must hold the same pairs as it does, got others; was it changed meanwhile?`,
  );
}

type WriteOptions = Required<Pick<ShardOptions, 'pairsPerShard' | 'seed' | 'onProgress'>>;

async function writeShards(
  { splits }: Dataset,
  folder: string,
  { pairsPerShard, seed, onProgress }: WriteOptions,
): Promise<void> {
  const total = splits.train.length + splits.validation.length;
  let done = 0;
  for (const split of ['train', 'validation'] as const) {
    const pairs = createRandom(seed)
      .fork(split)
      .shuffle([...splits[split]]);
    for (let start = 0; start < pairs.length; start += pairsPerShard) {
      const file = join(folder, `${split}-${String(start / pairsPerShard).padStart(6, '0')}.tar`);
      await writing(
        file,
        writeShard(file, pairs.slice(start, start + pairsPerShard), () => onProgress({ step: 'writing', done: ++done, total })),
      );
    }
  }
}

async function writeShard(path: string, pairs: readonly Pair[], onPair: () => void): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (const pair of pairs) {
      const key = [pair.instrument, pair.stem].map(escapeDots).join('/');
      const { instrument, stem, split, song, timeMs } = pair;
      await writeMember(file, `${key}.json`, Buffer.from(JSON.stringify({ class: instrument, stem, split, song, timeMs })));
      for (const source of [pair.imagePath, pair.soundPath])
        await writeMember(file, `${key}${extname(source)}`, await readPairFile(source));
      onPair();
    }
    await file.write(Buffer.alloc(2 * BLOCK_BYTES));
    await file.sync();
  } finally {
    await file.close();
  }
}

async function writeMember(file: FileHandle, name: string, bytes: Uint8Array): Promise<void> {
  const padding = Buffer.alloc(paddedSize(bytes.length) - bytes.length);
  await file.write(Buffer.concat([tarHeader(name, bytes.length), bytes, padding]));
}
