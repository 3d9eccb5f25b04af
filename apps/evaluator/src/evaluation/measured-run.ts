import type { DrawnSamples } from '@cmcgan/pages';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditItem, NamedModel, Reference } from '@cmcgan/evaluation';
import { writeAtomically, type TrainedRun } from '@cmcgan/training/node';
import { EVALUATION_FORMAT, type RunEvaluation } from './evaluation';

/** Increase this when a run's figures are measured or saved differently, so that figures saved before are not reused. */
const MEASURE = 4;

/** The results of measuring one run: its figures, samples and audit. */
export interface MeasuredRun {
  readonly evaluation: RunEvaluation;
  readonly samples: DrawnSamples;
  readonly audit: readonly AuditItem[];
}

/** A hash of everything that a run's figures depend on: measurements with the same key are the same. */
export function measuredKey(
  { checkpoint, name, config }: Pick<TrainedRun, 'checkpoint' | 'name' | 'config'>,
  { data, judges, seed, train, test, sounds }: Reference,
  { backend, samples, weights, taught }: { backend: string; samples: boolean } & Pick<NamedModel, 'weights' | 'taught'>,
): string {
  const provenances = [judges.V, judges.A, judges.VA].map(({ classifier, provenance }) => [classifier.config, provenance]);
  const pairs = [train, test, sounds].map((used) => used?.pairs.map(({ id }) => id));
  const measured = [EVALUATION_FORMAT, MEASURE, checkpoint, name, config.options.variant];
  const learnt = [weights, taught?.provenance, Object.keys(test.robust)];
  const parts = [measured, data.manifestHash, provenances, pairs, seed, backend, samples, ...learnt];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Loads the results saved for a run under this key, or measures the run and saves them. Without a folder it only measures. */
export async function keptOrMeasured(
  { folder, name, key }: { folder: string | null; name: string; key: string },
  measure: () => Promise<MeasuredRun>,
): Promise<MeasuredRun> {
  if (folder === null) return measure();
  const path = join(folder, `${name}.json`);
  const kept = await readFile(path, 'utf8')
    .then((text) => JSON.parse(text) as { key: string; measured: MeasuredRun })
    .catch(() => null); // missing or incomplete: measured again
  if (kept?.key === key) return kept.measured;
  const measured = await measure();
  await writeAtomically(path, JSON.stringify({ key, measured }), { makeFolders: true });
  return measured;
}
