import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { afterAll } from 'vitest';

const isRoot = process.getuid?.() === 0;

function mount(...words: string[]): boolean {
  try {
    execFileSync('mount', words, { stdio: 'ignore' });
    return true;
  } catch {
    return false; // not permitted in this container
  }
}

/**
 * Mounts a small or read-only file system at `folder`, to provoke errors, and unmounts it after the tests. Returns false if this process
 * lacks the permission.
 */
export function mountTmpfs(folder: string, { mebibytes }: { mebibytes: number }): boolean {
  if (process.platform !== 'linux' || !isRoot) return false;
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
  if (!mount('-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', folder)) return false;
  afterAll(() => execFileSync('umount', ['--lazy', folder]));
  return true;
}

/** Makes what {@link mountTmpfs} mounted read-only, or writable again. */
export function remount(folder: string, mode: 'ro' | 'rw'): void {
  execFileSync('mount', ['-o', `remount,${mode}`, folder]);
}
