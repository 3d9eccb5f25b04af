import { link, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { assertCanWrite, UserError, type Progress } from '@cmcgan/command-line';
import { findPairs, foldsOf, readPairFile, type Pair, type Split } from '@cmcgan/sub-urmp';
import { existsSync } from 'node:fs';

export interface FoldOptions {
  folder: string;
  /** Where a data set for each fold goes, `fold-1`, `fold-2`, … */
  out: string;
  count: number;
}

/**
 * Writes a data set for each fold of a data set's training pairs: its train split are the other folds, its validation split is the fold. Files
 * are hard links where the file system allows it, else copies, as those of shards are. Resolves to exit code 0.
 */
export async function foldCommand({ folder, out, count }: FoldOptions, progress: Progress): Promise<number> {
  const { splits } = await findPairs(folder);
  const folds = foldsOf(splits.train, count);
  await assertCanWrite(out);
  for (const [i, { train, unseen }] of folds.entries()) {
    const target = join(out, `fold-${i + 1}`);
    if (existsSync(target)) throw new UserError(`${target} exists already; name another folder with --out, or remove it`);
    try {
      for (const pair of train) await placePair(pair, target, 'train');
      for (const pair of unseen) await placePair(pair, target, 'validation');
    } catch (error) {
      await rm(target, { recursive: true, force: true });
      throw error;
    }
    progress.note(`${target}: ${train.length} pairs to train on, ${unseen.length} left out of training`);
  }
  progress.note('Train a model on each; evaluator --cross-fit takes their runs');
  return 0;
}

async function placePair({ instrument, imagePath, soundPath }: Pair, target: string, split: Split): Promise<void> {
  await place(imagePath, join(target, 'img', split, instrument, basename(imagePath)));
  await place(soundPath, join(target, 'chunk', split, instrument, basename(soundPath)));
}

async function place(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await link(from, to).catch(async () => writeFile(to, await readPairFile(from)));
}
