import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeDataset, openDataset, readDatasetCard } from '@cmcgan/sub-urmp';
import { describeCard } from '../describe-card';
import { infoPage } from '../info-page/info-page';
import { drawPairs } from '../info-page/draw-pairs';
import type { Progress } from '@cmcgan/command-line';

export interface InfoOptions {
  folder: string;
  /** The page to write; `dataset.html` in the data set by default. */
  html?: string;
  /** Random pairs of each class on the page. */
  pairsPerClass: number;
  seed: number;
}

/** Prints the card of a data set, and writes a page with random pairs to see and hear. */
export async function infoCommand({ folder, html, pairsPerClass, seed }: InfoOptions, progress: Progress): Promise<number> {
  const dataset = await openDataset(folder, {
    onBroken: 'skip',
    onProgress: ({ done, total }) => progress.status('reading', done, total),
    onWarning: (warning) => progress.note(`warning: ${warning}`),
  });
  const stored = await readDatasetCard(folder);
  const card = describeDataset(dataset, { note: stored?.note, preparation: stored?.preparation });
  progress.finish();
  for (const line of describeCard(card)) progress.note(line);
  if (stored && stored.manifestHash !== card.manifestHash) {
    progress.note('warning: the files have changed since the card was written; the figures above are of now');
  }
  const file = html ?? join(folder, 'dataset.html');
  const drawn = await drawPairs(dataset, { pairsPerClass, seed });
  await writeFile(file, infoPage(card, drawn));
  progress.note(`page: ${file}`);
  return 0;
}
