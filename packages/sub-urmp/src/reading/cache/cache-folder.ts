import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Temporary files that are older than this by the file system's clock were left by a killed run. */
const ABANDONED_AFTER_MS = 3_600_000;

/**
 * A folder for data that can be computed again. Files appear completely or not at all (they are written under a temporary name, then
 * renamed), so that a run can be killed at any moment and runs can share a folder. A folder that cannot be written is only read.
 */
export interface CacheFolder {
  readonly path: string;
  /** The time when the folder was opened, in ms by the file system's clock; undefined if the folder cannot be written. */
  readonly openedAtMs: number | undefined;
  /** Writes `<folder>/<name>`; if that is impossible, does nothing apart from a single warning. */
  write(name: string, bytes: Uint8Array | string): Promise<void>;
}

/** Opens or creates a cache folder. `onUnwritable` is called at most once, with the reason, when something cannot be written. */
export async function openCacheFolder(path: string, onUnwritable: (reason: string) => void): Promise<CacheFolder> {
  const temporary = join(path, 'tmp');
  let counter = 0;
  let broken: string | undefined;
  let warned = false;
  const unique = () => join(temporary, `${process.pid}-${performance.timeOrigin.toString(36)}-${counter++}`);

  const openedAtMs = await assertMayMake(path)
    .then(() => probe(temporary, unique()))
    .catch((error: unknown) => {
      broken = reasonOf(error);
      return undefined;
    });
  if (openedAtMs !== undefined) await removeAbandoned(temporary, openedAtMs);

  const write = async (name: string, bytes: Uint8Array | string) => {
    if (broken === undefined) {
      const partial = unique();
      try {
        await writeFile(partial, bytes);
        await renameInto(partial, join(path, name));
        return;
      } catch (error) {
        broken = reasonOf(error);
        await rm(partial, { force: true }).catch(() => {});
      }
    }
    if (warned) return;
    warned = true;
    onUnwritable(broken);
  };
  return { path, openedAtMs, write };
}

async function renameInto(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
  }
}

/** Throws if the parent folder has no write permission at all: it is meant to stay unchanged, even if a superuser could write to it. */
async function assertMayMake(path: string): Promise<void> {
  if (await stat(path).catch(() => undefined)) return;
  const parent = await stat(dirname(path)).catch(() => undefined);
  if (parent && (parent.mode & 0o222) === 0) throw new Error(`${dirname(path)} is read-only`);
}

async function probe(temporary: string, file: string): Promise<number> {
  await mkdir(temporary, { recursive: true });
  await writeFile(file, 'probe');
  const { mtimeMs } = await stat(file);
  await rm(file);
  return mtimeMs;
}

async function removeAbandoned(temporary: string, nowMs: number): Promise<void> {
  for (const file of await readdir(temporary)) {
    const path = join(temporary, file);
    const age = await stat(path).then(
      ({ mtimeMs }) => nowMs - mtimeMs,
      () => 0, // another run has just finished it
    );
    if (age > ABANDONED_AFTER_MS) await rm(path, { force: true }).catch(() => {});
  }
}

function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
}
