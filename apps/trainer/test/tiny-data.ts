import { join } from 'node:path';
import { simulateDataset } from '@cmcgan/sub-urmp/simulator';

/** Simulates the smallest data set: one training and one validation pair of each of the 13 instruments. */
export async function simulateTinyData(root: string): Promise<string> {
  const folder = join(root, 'data');
  await simulateDataset(folder, { seed: 1, pairsPerClass: 1, validationPairsPerClass: 1 });
  return folder;
}
