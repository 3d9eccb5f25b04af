import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findPairs, openDataset, type Dataset } from '@cmcgan/sub-urmp';
import { describeError, type Progress, UserError } from '@cmcgan/command-line';
import { REMEDIES } from '../options/remedies';
import type { Run } from '../run/find-run';
import { classesOf } from '../run/find-runs';
import { assertSameClasses } from '../run/classes';

export interface EvaluationDataOptions {
  /** The data set's folder; null: the run's own. */
  readonly data: string | null;
  /** Where decoded pairs are kept; null: beside the data. */
  readonly dataCache: string | null;
  /** Whether pairs with a broken file are left out, or an error. */
  readonly skipBroken: boolean;
  readonly progress: Progress;
}

/**
 * Opens the data set named, or the run's own, with the dB range that the generator was trained in. Classes other than the run's are an
 * error before any file is read.
 */
export async function openEvaluationData(
  run: Run,
  { data, dataCache, skipBroken, progress }: EvaluationDataOptions,
): Promise<Dataset> {
  const folder = data ?? ownData(run);
  const { classNames } = await findPairs(folder);
  assertSameClasses({ name: `data ${folder}`, classNames }, classesOf(run), 'name a data set of the same classes with --data');
  const dataset = await openDataset(folder, {
    ...(dataCache !== null && { cacheFolder: dataCache }),
    onBroken: skipBroken ? 'skip' : 'error',
    decibelRange: run.config.data.decibelRange,
    onProgress: ({ done, total }) => progress.status('reading data', done, total),
    onWarning: (warning: string, cause?: Error) => progress.note(`warning: ${cause ? describeError(cause, REMEDIES) : warning}`),
  });
  progress.finish();
  return dataset;
}

/** The folder that a run was trained on; simulated musicians lie in the run folder, wherever that was moved. */
function ownData({ folder, config }: Run): string {
  const simulated = join(folder, 'simulated-data');
  const found = [config.data.folder, simulated].find((path) => existsSync(path));
  if (found) return found;
  throw new UserError(
    `run ${folder} was trained on ${config.data.folder}, which is not there; name a data set of the same classes with --data`,
  );
}
