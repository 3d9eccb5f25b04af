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

/** How many of some samples the judge took for the class that they should be, in [0, 1], with a 95 % interval. */
export type Recognised = Pick<JudgedAccuracy, 'accuracy' | 'n' | 'interval'>;

/** What a run's frozen judge said. */
export interface StoredJudgment {
  /** Where the judged pairs come from. */
  readonly source: JudgedSource;
  /** Training pairs that were set aside. */
  readonly heldPairs: number;
  readonly best: JudgedScore | null;
  readonly last: JudgedScore | null;
  /** What it makes of real validation samples, where it was asked. */
  readonly realPictures: Recognised | null;
  readonly realSounds: Recognised | null;
}

/** JSON of the file, if it is there and as expected: a report is not to fail by what it can do without. */
async function readIfFits<T>(path: string, schema: z.ZodType<T>): Promise<T | null> {
  if (!existsSync(path)) return null;
  try {
    return schema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? null;
  } catch {
    return null; // no JSON
  }
}

/** Reads the judge's scores of a run, and how the judge did on real samples; null before the first score. */
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
