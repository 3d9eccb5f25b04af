import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset } from '@cmcgan/sub-urmp';
import type { Progress } from '@cmcgan/command-line';
import type { KnownTruth } from '@cmcgan/evaluation';
import { z } from 'zod';
import { readJson } from '../files/read-json';

const FILE = 'ground-truth.json';
const truthSchema = z.looseObject({
  generator: z.string(),
  pairs: z.array(z.looseObject({ id: z.string(), midi: z.number(), loudness: z.number() })),
});

/** The truth of simulated data; null of any other, and with a warning where it does not know every pair. */
export async function readTruth(
  { folder, splits }: Pick<Dataset, 'folder' | 'splits'>,
  progress: Progress,
): Promise<KnownTruth | null> {
  const path = join(folder, FILE);
  if (!existsSync(path)) return null;
  const truth = await readJson(path, truthSchema, 'the ground truth of simulated musicians');
  const known = new Set(truth.pairs.map(({ id }) => id));
  const unknown = [...splits.train, ...splits.validation].filter(({ id }) => !known.has(id));
  if (unknown.length === 0) return truth;
  progress.note(
    `warning: ${path} does not know ${unknown.length} of the pairs (${unknown[0].id} for one), so that pitch and loudness are not measured`,
  );
  return null;
}
