import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { FeatureKind } from '../features/feature-kind';
import type { CacheFolder } from './cache-folder';

const CHECKSUM_BYTES = 4;

/** Features on disk, one file each, keyed by the SHA-256 of the file that they were computed from. */
export interface FeatureFolder {
  /** The folder of the features of a kind. */
  pathOf(kind: FeatureKind): string;
  /** Whether the feature existed when the folder was opened or has been written since. */
  has(kind: FeatureKind, sha256: string): boolean;
  /** The feature's bytes; undefined if they are missing or damaged. */
  read(kind: FeatureKind, sha256: string): Promise<Uint8Array | undefined>;
  write(kind: FeatureKind, sha256: string, feature: Uint8Array): Promise<void>;
}

/** Opens `<cache>/features/<fingerprint>/<kind>/<first two digits>/<sha256>`: the feature, then its CRC-32. */
export async function openFeatureFolder(cache: CacheFolder, fingerprint: string): Promise<FeatureFolder> {
  const root = join('features', fingerprint);
  const nameOf = (kind: FeatureKind, sha256: string) => join(root, kind.name, sha256.slice(0, 2), sha256);
  const known = new Set(await readdir(join(cache.path, root), { recursive: true }).catch(() => []));
  const keyOf = (kind: FeatureKind, sha256: string) => join(kind.name, sha256.slice(0, 2), sha256);
  return {
    pathOf: (kind) => join(cache.path, root, kind.name),
    has: (kind, sha256) => known.has(keyOf(kind, sha256)),
    async read(kind, sha256) {
      const file = await readFile(join(cache.path, nameOf(kind, sha256))).catch(() => undefined);
      if (file?.length !== kind.byteLength + CHECKSUM_BYTES) return undefined;
      const feature = new Uint8Array(file.buffer, file.byteOffset, kind.byteLength).slice();
      return crc32(feature) === file.readUInt32LE(kind.byteLength) ? feature : undefined;
    },
    async write(kind, sha256, feature) {
      const checksum = Buffer.alloc(CHECKSUM_BYTES);
      checksum.writeUInt32LE(crc32(feature));
      await cache.write(nameOf(kind, sha256), Buffer.concat([feature, checksum]));
      known.add(keyOf(kind, sha256));
    },
  };
}
