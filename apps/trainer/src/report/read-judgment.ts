import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readJudgingFile, type JudgedAccuracy, type JudgedScore, type JudgedSource, type RunFolder } from '@cmcgan/training/node';

const classifierSchema = z.looseObject({
  provenance: z.looseObject({
    validation: z.looseObject({ accuracy: z.number(), n: z.number(), interval: z.tuple([z.number(), z.number()]) }).nullish(),
  }),
});

/** The share of n samples that the judge classified correctly, in [0, 1], with a 95 % interval. */
export type Recognised = Pick<JudgedAccuracy, 'accuracy' | 'n' | 'interval'>;

/** The scores of a run's frozen judge. */
export interface StoredJudgment {
  /** Where the judged pairs come from. */
  readonly source: JudgedSource;
  /** Number of training pairs that were held out. */
  readonly heldPairs: number;
  readonly best: JudgedScore | null;
  readonly last: JudgedScore | null;
  /** Its accuracy on real validation pictures; null if not measured. */
  readonly realPictures: Recognised | null;
  readonly realSounds: Recognised | null;
}

/** The file's JSON if it exists and fits the schema, else null: the report can do without it. */
async function readIfFits<T>(path: string, schema: z.ZodType<T>): Promise<T | null> {
  if (!existsSync(path)) return null;
  try {
    return schema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? null;
  } catch {
    return null; // not JSON
  }
}

/** Reads the judge's scores of a run, and its accuracy on real samples; null before the first score. */
export async function readJudgment({ judging, judge }: Pick<RunFolder, 'judging' | 'judge'>): Promise<StoredJudgment | null> {
  const stored = await readJudgingFile(judging).catch(() => null);
  if (stored === null) return null;
  const onReal = async (part: 'image' | 'sound') =>
    (await readIfFits(join(judge, part, 'config.json'), classifierSchema))?.provenance.validation ?? null;
  return {
    source: stored.pairs.source,
    heldPairs: stored.pairs.heldIds.length,
    best: stored.best,
    last: stored.scores.at(-1) ?? null,
    realPictures: await onReal('image'),
    realSounds: await onReal('sound'),
  };
}
