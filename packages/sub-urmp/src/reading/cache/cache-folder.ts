import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Temporary files this much older than the cache's clock were left by a run that was killed. */
const ABANDONED_AFTER_MS = 3_600_000;

/**
 * A folder for what can be computed again. Files appear whole or not at all (written to a temporary name, then renamed), so that
 * it survives being killed at any moment and can be shared by runs. A folder that cannot be written is only read.
 */
export interface CacheFolder {
  readonly path: string;
  /** The file system's own time when the folder was opened, in ms; undefined if it cannot be written. */
  readonly openedAtMs: number | undefined;
  /** Writes `<folder>/<name>`; does nothing, but for one warning in all, where it cannot. */
  write(name: string, bytes: Uint8Array | string): Promise<void>;
}

/** Opens or makes a cache folder. `onUnwritable` is called at most once, with the reason, when something cannot be kept. */
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

/** A folder without any write permission is meant to stay as it is, even for a superuser, who could write to it. */
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
