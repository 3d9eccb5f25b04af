import type { DrawnSamples } from '@cmcgan/pages';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditItem, Reference } from '@cmcgan/evaluation';
import { writeAtomically, type TrainedRun } from '@cmcgan/training/node';
import { EVALUATION_FORMAT, type RunEvaluation } from './evaluation';

/** Another number where a run's figures are measured or kept in another way. */
const MEASURE = 2;

/** One run as measured: its figures, its samples, and what the audit says of it. */
export interface MeasuredRun {
  readonly evaluation: RunEvaluation;
  readonly samples: DrawnSamples;
  readonly audit: readonly AuditItem[];
}

/** Names everything that a run's figures depend on: two measurements of one key are the same. */
export function measuredKey(
  { checkpoint, name, config }: Pick<TrainedRun, 'checkpoint' | 'name' | 'config'>,
  { data, judges, seed, train, test }: Reference,
  { backend, samples }: { backend: string; samples: boolean },
): string {
  const provenances = [judges.V, judges.A, judges.VA].map(({ classifier, provenance }) => [classifier.config, provenance]);
  const pairs = [train, test].map(({ pairs: used }) => used.map(({ id }) => id));
  const measured = [EVALUATION_FORMAT, MEASURE, checkpoint, name, config.options.variant];
  const parts = [measured, data.manifestHash, provenances, pairs, seed, backend, samples];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** What a folder keeps of a run under this key; else measures it, and keeps it. Without a folder it only measures. */
export async function keptOrMeasured(
  { folder, name, key }: { folder: string | null; name: string; key: string },
  measure: () => Promise<MeasuredRun>,
): Promise<MeasuredRun> {
  if (folder === null) return measure();
  const path = join(folder, `${name}.json`);
  const kept = await readFile(path, 'utf8')
    .then((text) => JSON.parse(text) as { key: string; measured: MeasuredRun })
    .catch(() => null); // not there, or not whole: it is measured again
  if (kept?.key === key) return kept.measured;
  const measured = await measure();
  await writeAtomically(path, JSON.stringify({ key, measured }), { makeFolders: true });
  return measured;
}
