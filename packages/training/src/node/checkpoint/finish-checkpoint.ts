import { Worker } from 'node:worker_threads';

/** A checkpoint whose tensors are in files that may not have reached the disk yet. */
export interface UnfinishedCheckpoint {
  /** The folder with these files. */
  readonly partial: string;
  /** Where it goes. */
  readonly folder: string;
  /** Where the folder goes that is there now. */
  readonly previous: string;
  /** Folders that get the same files by hard links, or as copies if the disk has none. */
  readonly copies: readonly string[];
  /** The file that lists the others: its name, and its JSON, to which their SHA-256 is added as `files`. */
  readonly list: { readonly name: string; readonly content: object };
}

/**
 * Finishes a checkpoint: lists its files with their hashes, flushes them to the disk and moves them into place, the copies first. At any
 * moment, `folder` or `previous` holds an intact checkpoint.
 *
 * It runs in a worker as text, so that the package can be bundled without a second file: it uses nothing from outside itself.
 */
export function finishCheckpoint({ partial, folder, previous, copies, list }: UnfinishedCheckpoint): void {
  const fs = process.getBuiltinModule('node:fs');
  const { createHash } = process.getBuiltinModule('node:crypto');
  const { join } = process.getBuiltinModule('node:path');

  function hashAndFlush(path: string): string {
    const file = fs.openSync(path, 'r+');
    try {
      const [hash, buffer] = [createHash('sha256'), Buffer.alloc(2 ** 20)];
      for (let length = -1; length !== 0;) {
        length = fs.readSync(file, buffer);
        hash.update(buffer.subarray(0, length));
      }
      fs.fsyncSync(file);
      return hash.digest('hex');
    } finally {
      fs.closeSync(file);
    }
  }

  function linkOrCopy(source: string, target: string): void {
    try {
      fs.linkSync(source, target);
    } catch {
      fs.copyFileSync(source, target);
    }
  }

  function copyTo(copy: string): void {
    const unfinished = `${copy}.partial`;
    fs.rmSync(unfinished, { recursive: true, force: true });
    fs.mkdirSync(unfinished, { recursive: true });
    for (const name of fs.readdirSync(partial)) linkOrCopy(join(partial, name), join(unfinished, name));
    fs.rmSync(copy, { recursive: true, force: true });
    fs.renameSync(unfinished, copy);
  }

  const files = Object.fromEntries(
    fs.readdirSync(partial).sort().map((name) => [name, hashAndFlush(join(partial, name))]), // prettier-ignore
  );
  fs.writeFileSync(join(partial, list.name), `${JSON.stringify({ ...list.content, files }, null, 2)}\n`);
  hashAndFlush(join(partial, list.name));
  copies.forEach(copyTo);
  if (fs.existsSync(folder)) {
    fs.rmSync(previous, { recursive: true, force: true });
    fs.renameSync(folder, previous);
  }
  fs.renameSync(partial, folder);
}

const WORKER = `(${String(finishCheckpoint)})(require('node:worker_threads').workerData);`;

/** Runs {@link finishCheckpoint} on a thread of its own. Rejects with the system's error if that fails. */
export function finishInBackground(checkpoint: UnfinishedCheckpoint): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, { eval: true, workerData: checkpoint, execArgv: [], name: 'checkpoint' });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the thread that wrote ${checkpoint.folder} ended with code ${code}`));
    });
  });
}
