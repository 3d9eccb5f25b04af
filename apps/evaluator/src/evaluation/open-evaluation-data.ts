import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDataset, type Dataset } from '@cmcgan/sub-urmp';
import { type Progress, UserError } from '@cmcgan/command-line';
import type { RunConfig } from '../run/run-config';

/** A run folder with its configuration. */
export interface ConfiguredRun {
  readonly folder: string;
  readonly config: RunConfig;
}

/** Opens the data set named, or the first run's own, with the dB range that the runs' generators were trained in. */
export async function openEvaluationData(
  named: string | null,
  runs: readonly ConfiguredRun[],
  progress: Progress,
): Promise<Dataset> {
  const { decibelRange } = runs[0].config.data;
  const other = runs.find(({ config }) => !sameRange(config.data.decibelRange, decibelRange));
  if (other) {
    throw new UserError(
      `runs ${runs[0].folder} and ${other.folder} were trained in different dB ranges, so on different data; evaluate them one by one`,
    );
  }
  const dataset = await openDataset(named ?? ownData(runs[0]), {
    onBroken: 'skip',
    decibelRange,
    onProgress: ({ done, total }) => progress.status('reading data', done, total),
    onWarning: (warning) => progress.note(`warning: ${warning}`),
  });
  progress.finish();
  return dataset;
}

/** The folder that a run was trained on; simulated musicians lie in the run folder, wherever that was moved. */
function ownData({ folder, config }: ConfiguredRun): string {
  const simulated = join(folder, 'simulated-data');
  const found = [config.data.folder, simulated].find((path) => existsSync(path));
  if (found) return found;
  throw new UserError(
    `run ${folder} was trained on ${config.data.folder}, which is not there; name a data set of the same classes with --data`,
  );
}

const sameRange = (a: RunConfig['data']['decibelRange'], b: typeof a) => a.floorDb === b.floorDb && a.ceilingDb === b.ceilingDb;
