import { createHash } from 'node:crypto';
import { readPairFile, statPairFile } from '../archive/pair-file';
import type { ContentIndex } from '../cache/content-index';
import type { FeatureFolder } from '../cache/feature-folder';
import type { FeatureMemory } from '../cache/feature-memory';
import { BrokenFileError, toBrokenFile } from '../check/broken-file';
import type { FeatureResult, FeatureTask } from './compute-feature';
import type { FeatureKind } from './feature-kind';

export interface FeatureSourceOptions {
  memory: FeatureMemory;
  /** Features on disk; undefined keeps them in memory only. */
  folder?: FeatureFolder;
  /** Known hashes of files; undefined reads all files. */
  index?: ContentIndex;
  /** Reads a file and computes its feature, on this thread or another. */
  compute: (task: FeatureTask) => Promise<FeatureResult>;
}

/** Provides features of files from memory, else from the cache folder, else computed from the file. */
export interface FeatureSource {
  /**
   * Makes sure that the file's feature is available, and returns the file's hash; `feature` is present only if it was computed now.
   * @throws BrokenFileError that names the file if it cannot be used
   */
  admit(kind: FeatureKind, path: string): Promise<FeatureResult>;
  /**
   * The feature of a file that was admitted with this hash; must not be modified.
   * @throws BrokenFileError that names the file if it is missing or has changed
   */
  get(kind: FeatureKind, path: string, sha256: string): Promise<Uint8Array>;
}

export function createFeatureSource({ memory, folder, index, compute }: FeatureSourceOptions): FeatureSource {
  const keyOf = (kind: FeatureKind, sha256: string) => `${kind.name} ${sha256}`;

  const keep = async (kind: FeatureKind, sha256: string, feature: Uint8Array) => {
    memory.put(keyOf(kind, sha256), feature);
    await folder?.write(kind, sha256, feature);
  };

  const admit = async (kind: FeatureKind, path: string): Promise<FeatureResult> => {
    const stats = await statPairFile(path);
    const known = index?.find(path, stats);
    if (known !== undefined && folder?.has(kind, known)) return { sha256: known };
    const result = await compute({ kind: kind.name, path, keptIn: folder?.pathOf(kind) });
    index?.record(path, stats, result.sha256);
    if (result.feature) await keep(kind, result.sha256, result.feature);
    return result;
  };

  return {
    admit: (kind, path) =>
      admit(kind, path).catch((error: unknown) => {
        throw toBrokenFile(error, path);
      }),

    async get(kind, path, sha256) {
      const kept = memory.get(keyOf(kind, sha256));
      if (kept) return kept;
      const stored = await folder?.read(kind, sha256);
      if (stored) {
        memory.put(keyOf(kind, sha256), stored);
        return stored;
      }
      const bytes = await readPairFile(path).catch((error: unknown) => {
        throw isShortage(error) ? error : toBrokenFile(error, path);
      });
      if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
        const message = `Dataset.load: ${path} must not change while the data set is open, got other content; open it again`;
        throw new BrokenFileError('unreadable', path, message);
      }
      const feature = await kind.compute(bytes, path);
      await keep(kind, sha256, feature);
      return feature;
    },
  };
}

/** Whether the process has too many files open or no memory left, which is not the file's fault. */
function isShortage(error: unknown): boolean {
  return ['EMFILE', 'ENFILE', 'ENOMEM'].includes((error as NodeJS.ErrnoException).code ?? '');
}
