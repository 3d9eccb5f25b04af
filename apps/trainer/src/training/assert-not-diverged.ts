import { join } from 'node:path';
import { DivergedError, findDivergence, type Divergence, type TrainingBatch } from '@cmcgan/training';
import { writeAtomically, type StepRecord } from '@cmcgan/training/node';
import type { RunFacts } from './run';

/** File in the run folder that describes a divergence. */
export const DIVERGED_FILE = 'diverged.json';

/** Number of a batch's pairs named in the message; the file lists all. */
const NAMES_SHOWN = 3;

function whatHappened({ network, part, value }: Divergence, limit: number | null): string {
  if (!Number.isFinite(value)) return `the ${network}'s ${part} loss is ${value}`;
  return `the ${network}'s ${part} loss has exploded to ${value.toPrecision(3)}, beyond --loss-limit ${limit},`;
}

function namesOf(ids: readonly string[]): string {
  const more = ids.length - NAMES_SHOWN;
  return `${ids.slice(0, NAMES_SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/**
 * Throws a {@link DivergedError} if a loss of the step is NaN, infinite or beyond the limit. It names the loss, the step and the first
 * pairs of the batch; diverged.json records all of them.
 */
export async function assertNotDiverged(
  { step, epoch, losses }: StepRecord,
  group: readonly TrainingBatch[],
  { lossLimit, folder }: Pick<RunFacts, 'folder'> & { readonly lossLimit: number | null },
): Promise<void> {
  const divergence = findDivergence(losses, lossLimit);
  if (!divergence) return;
  const pairs = group.flatMap(({ pairs = [] }) => pairs.map(({ id }) => id));
  const path = join(folder.path, DIVERGED_FILE);
  const { network, part, value } = divergence;
  const written = { step, epoch, loss: `${network} ${part}`, value: String(value), losses, pairs };
  await writeAtomically(path, `${JSON.stringify(written, null, 2)}\n`);
  throw new DivergedError(
    `${whatHappened(divergence, lossLimit)} at step ${step}, in the batch of ${namesOf(pairs)} (${path}); ` +
      'try a lower learning rate or another --seed',
  );
}
