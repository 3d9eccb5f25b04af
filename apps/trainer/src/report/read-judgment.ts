import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { RunFolder } from '../run/run-folder';

const accuracySchema = z.looseObject({
  accuracy: z.number(),
  n: z.number(),
  interval: z.tuple([z.number(), z.number()]),
});
const scoreSchema = z.looseObject({
  ...{ step: z.number(), epoch: z.number(), score: z.number() },
  soundToImage: accuracySchema.nullable(),
  imageToSound: accuracySchema.nullable(),
});
const judgingSchema = z.looseObject({
  pairs: z.looseObject({ source: z.enum(['held', 'train', 'validation']), heldIds: z.array(z.string()) }),
  best: scoreSchema.nullable(),
  scores: z.array(scoreSchema),
});
const classifierSchema = z.looseObject({ provenance: z.looseObject({ validation: accuracySchema.nullish() }) });

/** How many of some samples the judge took for the class that they should be, in [0, 1], with a 95 % interval. */
export type Recognised = z.infer<typeof accuracySchema>;

/** What a run's frozen judge said. */
export interface StoredJudgment {
  /** Where the judged pairs come from. */
  readonly source: 'held' | 'train' | 'validation';
  /** Training pairs that were set aside. */
  readonly heldPairs: number;
  readonly best: z.infer<typeof scoreSchema> | null;
  readonly last: z.infer<typeof scoreSchema> | null;
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
  const stored = await readIfFits(judging, judgingSchema);
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
