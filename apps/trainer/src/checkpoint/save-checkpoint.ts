import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { saveCmcgan } from '@cmcgan/model/node';
import { hashFile } from '../files/hash-file';
import { withPath } from '../files/with-path';
import { syncFolder } from '../files/sync-folder';
import type { Trainee } from '../training/create-trainee';
import { CHECKPOINT_FILES, type TrainingState } from './checkpoint';
import { saveOptimizer } from './optimizer-state';
import { replaceFolder } from './replace-folder';

/** The part of a trainee that a checkpoint holds. */
export type SavedTrainee = Pick<Trainee, 'model' | 'generatorOptimizer' | 'discriminatorOptimizer' | 'latentRandom'>;

/** Where training stands, without what the trainee itself knows. */
export type TrainingPosition = Omit<TrainingState, 'format' | 'latentRandom' | 'files'>;

async function hashFiles(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await hashFile(join(folder, name))] as const)));
}

async function writeCheckpoint(folder: string, trainee: SavedTrainee, position: TrainingPosition): Promise<void> {
  await mkdir(folder, { recursive: true });
  await saveCmcgan(trainee.model, folder);
  await saveOptimizer(trainee.generatorOptimizer, join(folder, CHECKPOINT_FILES.generatorOptimizer));
  await saveOptimizer(trainee.discriminatorOptimizer, join(folder, CHECKPOINT_FILES.discriminatorOptimizer));
  const state: TrainingState = {
    format: 1,
    ...position,
    latentRandom: { ...trainee.latentRandom.getState() } as TrainingState['latentRandom'],
    files: await hashFiles(folder),
  };
  await writeFile(join(folder, CHECKPOINT_FILES.training), `${JSON.stringify(state, null, 2)}\n`);
  await syncFolder(folder);
}

/**
 * Writes a checkpoint to `folder`: weights and batch-norm averages, both optimisers, the latents' random stream, the position.
 * Everything goes to a temporary folder first, so that an older checkpoint of that name stays whole until the new one is.
 */
export async function saveCheckpoint(folder: string, trainee: SavedTrainee, position: TrainingPosition): Promise<void> {
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  try {
    await writeCheckpoint(partial, trainee, position);
    await replaceFolder(partial, folder);
  } catch (error) {
    throw withPath(error, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}
