import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeJpeg } from '@cmcgan/image-io';
import type { ExaminedFolder, ExamineOptions } from '../examine-folder';
import { decodeFrame } from '../features/decode-frame';
import { FRAME } from '../features/feature-kind';
import { createFeaturePool } from '../features/feature-pool';
import { mapConcurrent } from '../map-concurrent';
import { toBrokenFile } from './broken-file';

/** A picture that is used although it violates its format. */
export interface PictureWarning {
  readonly path: string;
  /** One sentence that names the file. */
  readonly message: string;
}

/** Collects how pictures depart from their format, by their SHA-256; empty if they do not. */
export function createDepartureCollector() {
  const known = new Map<string, string>();
  return { known, add: (sha256: string, departure: string) => void known.set(sha256, departure) };
}

/**
 * The pictures of usable pairs that depart from their format. Pictures whose frames came from the cache are examined now, unless the result
 * for their content is cached, too.
 */
export async function pictureWarnings(
  { admitted, splits, fingerprint, cache }: ExaminedFolder,
  { known, add }: ReturnType<typeof createDepartureCollector>,
  options: Pick<ExamineOptions, 'threads' | 'onProgress'>,
): Promise<PictureWarning[]> {
  const pictures = [...splits.train, ...splits.validation].map(({ id, imagePath }) => ({
    path: imagePath,
    sha256: admitted.hashes.get(id)!.image,
  }));
  const name = join('picture-warnings', `${await ruleOf(fingerprint)}.json`);
  const stored = cache ? await readStored(join(cache.path, name)) : new Map<string, string>();
  for (const { sha256 } of pictures) {
    const departure = known.get(sha256) ?? stored.get(sha256);
    if (departure !== undefined) add(sha256, departure);
  }
  await inspect(
    pictures.filter(({ sha256 }) => !known.has(sha256)).map(({ path }) => path),
    add,
    options,
  );
  if ([...known.keys()].some((sha256) => !stored.has(sha256)))
    await cache?.write(name, JSON.stringify([...new Map([...stored, ...known])]));
  return pictures.flatMap(({ path, sha256 }) => {
    const departure = known.get(sha256);
    return departure ? [{ path, message: `${path} ${departure}` }] : [];
  });
}

/** Cache key of the warnings: depends on how this version decodes, and on how it describes a picture without its end marker. */
async function ruleOf(fingerprint: string): Promise<string> {
  const picture = await encodeJpeg({ pixels: new Uint8Array(8 * 8 * 3), width: 8, height: 8 });
  const words: string[] = [];
  await decodeFrame(picture.subarray(0, -2), 'probe.jpg', (departure) => words.push(departure));
  return createHash('sha256').update(JSON.stringify({ fingerprint, words })).digest('hex').slice(0, 16);
}

async function inspect(
  paths: readonly string[],
  add: (sha256: string, departure: string) => void,
  { threads, onProgress = () => {} }: Pick<ExamineOptions, 'threads' | 'onProgress'>,
): Promise<void> {
  const pool = createFeaturePool({ threads });
  let done = 0;
  await mapConcurrent(paths, pool.concurrency, async (path) => {
    const { sha256, departure = '' } = await pool
      .compute({ kind: FRAME.name, path, inspect: true })
      .catch((error: unknown) => Promise.reject(toBrokenFile(error, path)));
    add(sha256, departure);
    onProgress({ done: ++done, total: paths.length });
  }).finally(() => pool.close());
}

async function readStored(file: string): Promise<Map<string, string>> {
  try {
    const entries: unknown = JSON.parse(await readFile(file, 'utf8'));
    const isEntry = (entry: unknown): entry is [string, string] =>
      Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'string';
    return new Map(Array.isArray(entries) ? entries.filter(isEntry) : []);
  } catch {
    return new Map();
  }
}
