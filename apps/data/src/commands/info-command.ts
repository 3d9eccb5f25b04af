import { basename, join } from 'node:path';
import { describeDataset, openDataset, readDatasetCard } from '@cmcgan/sub-urmp';
import { describeCard } from '../describe-card';
import { infoPage } from '../info-page/info-page';
import { drawPairs } from '../info-page/draw-pairs';
import { assertAddressSpace, type Progress, UserError } from '@cmcgan/command-line';
import { warnOn } from '../remedies';
import { reasonOf, writeBeside } from '../write-beside';

export interface InfoOptions {
  folder: string;
  /** The page to write; `dataset.html` in the data set by default. */
  html?: string;
  /** How many random pairs of each class the page shows. */
  pairsPerClass: number;
  seed: number;
  /** Where frames and spectra are cached; null: nowhere, undefined: in the data set. */
  cacheFolder?: string | null;
}

/** The default file name of the page. */
const PAGE_FILE = 'dataset.html';

/** Writes a page with random pairs of a data set to look at and listen to, and prints its card. */
export async function infoCommand(options: InfoOptions, progress: Progress): Promise<number> {
  const { folder, html, pairsPerClass, seed, cacheFolder } = options;
  assertAddressSpace('read data');
  const dataset = await openDataset(folder, {
    onBroken: 'skip',
    cacheFolder,
    onProgress: ({ done, total }) => progress.status('reading', done, total),
    onWarning: warnOn(progress),
  });
  const stored = await readDatasetCard(folder);
  const card = describeDataset(dataset, { note: stored?.note, preparation: stored?.preparation });
  progress.finish();
  const file = html ?? join(folder, PAGE_FILE);
  const drawn = await drawPairs(dataset, { pairsPerClass, seed });
  const page = infoPage(card, drawn, basename(dataset.folder));
  const failure = await writeBeside(file, page).then(
    () => undefined, // written before the card is printed, since the reader of the output may be gone
    (error: unknown) => error,
  );
  for (const line of describeCard(card)) progress.note(line);
  if (stored && stored.manifestHash !== card.manifestHash) {
    progress.note('warning: the files have changed since the card was written; the figures above are those of the current files');
  }
  if (failure !== undefined) {
    throw new UserError(`the page cannot be written to ${file} (${reasonOf(failure)}); choose another place with --html`);
  }
  progress.note(`page: ${file}`);
  return 0;
}
