import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simulateDataset } from '@cmcgan/sub-urmp';
import { UserError } from '../errors/user-error';
import type { Progress } from '../progress/progress';

/** What the simulated data depends on. */
export interface SimulationRecipe {
  readonly pairsPerClass: number;
  readonly seed: number;
}

const RECIPE_FILE = 'simulation.json';

/** Simulates into `folder`, whole or not at all. A folder that holds the same recipe's data already is taken as it is. */
export async function simulateOnce(folder: string, recipe: SimulationRecipe, progress: Progress): Promise<void> {
  const recipeText = JSON.stringify(recipe);
  if (existsSync(folder)) {
    const found = await readFile(join(folder, RECIPE_FILE), 'utf8').catch(() => undefined);
    if (found === recipeText) return;
    throw new UserError(`${folder} holds something other than this run's simulated data; choose another run folder with --out`);
  }
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await simulateDataset(partial, {
    ...recipe,
    onProgress: ({ done, total }) => progress.status(`simulating ${done}/${total}`),
  });
  await writeFile(join(partial, RECIPE_FILE), recipeText);
  await rename(partial, folder);
}
