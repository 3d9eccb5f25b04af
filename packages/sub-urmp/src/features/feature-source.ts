import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { ContentIndex } from '../cache/content-index';
import type { FeatureFolder } from '../cache/feature-folder';
import type { FeatureMemory } from '../cache/feature-memory';
import type { FeatureKind } from './feature-kind';

export interface FeatureSourceOptions {
  memory: FeatureMemory;
  /** Features that outlive the process; undefined keeps them in memory only. */
  folder?: FeatureFolder;
  /** What files were known to hold; undefined reads them all. */
  index?: ContentIndex;
}

/** Features of files: from memory, else from the cache folder, else computed from the file. */
export interface FeatureSource {
  /** Makes sure that the file has its feature, and says what the file holds. `feature` is there only if it was computed now. */
  admit(kind: FeatureKind, path: string): Promise<{ sha256: string; feature?: Uint8Array }>;
  /** The feature of a file that was admitted with this hash; not to be written to. */
  get(kind: FeatureKind, path: string, sha256: string): Promise<Uint8Array>;
}

export function createFeatureSource({ memory, folder, index }: FeatureSourceOptions): FeatureSource {
  const keyOf = (kind: FeatureKind, sha256: string) => `${kind.name} ${sha256}`;

  const compute = async (kind: FeatureKind, { path, bytes, sha256 }: { path: string; bytes: Uint8Array; sha256: string }) => {
    const feature = await kind.compute(bytes, path);
    memory.put(keyOf(kind, sha256), feature);
    await folder?.write(kind, sha256, feature);
    return feature;
  };

  return {
    async admit(kind, path) {
      const stats = await stat(path, { bigint: true });
      const known = index?.find(path, stats);
      if (known !== undefined && folder?.has(kind, known)) return { sha256: known };
      const bytes = await readFile(path);
      const sha256 = hashOf(bytes);
      index?.record(path, stats, sha256);
      if (folder?.has(kind, sha256)) return { sha256 };
      return { sha256, feature: await compute(kind, { path, bytes, sha256 }) };
    },

    async get(kind, path, sha256) {
      const kept = memory.get(keyOf(kind, sha256));
      if (kept) return kept;
      const stored = await folder?.read(kind, sha256);
      if (stored) {
        memory.put(keyOf(kind, sha256), stored);
        return stored;
      }
      const bytes = await readFile(path);
      if (hashOf(bytes) !== sha256) {
        throw new Error(`Dataset.load: ${path} must not change while the data set is open, got other content; open it again`);
      }
      return compute(kind, { path, bytes, sha256 });
    },
  };
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
