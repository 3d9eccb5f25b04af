import { existsSync } from 'node:fs';
import { z } from 'zod';
import { readJson } from '../files/read-json';
import { writeJson } from '../files/write-atomically';

const accuracySchema = z.looseObject({
  /** Share recognised, in [0, 1]. */
  accuracy: z.number(),
  correct: z.int().min(0),
  n: z.int().min(0),
  /** The 95 % interval of the share. */
  interval: z.tuple([z.number(), z.number()]),
});

/** How many of n generated samples a judge takes for the class that they should be. */
export type JudgedAccuracy = Readonly<Pick<z.infer<typeof accuracySchema>, 'accuracy' | 'correct' | 'n' | 'interval'>>;

const scoreSchema = z.looseObject({
  step: z.int().min(0),
  epoch: z.int().min(0),
  score: z.number(),
  soundToImage: accuracySchema.nullable(),
  imageToSound: accuracySchema.nullable(),
});

/** How often a frozen judge takes what the networks generate for the class that it should be, at one moment of a run. */
export interface JudgedScore {
  readonly step: number;
  /** Epochs begun, from 1. */
  readonly epoch: number;
  /** The mean of the directions that the model has, in [0, 1]: what the best epoch is chosen by. */
  readonly score: number;
  /** Images generated from sounds, at the end of the path where the model has one; null where it generates none. */
  readonly soundToImage: JudgedAccuracy | null;
  readonly imageToSound: JudgedAccuracy | null;
}

const sourceSchema = z.enum(['held', 'train', 'validation']);

/** Where judged pairs come from: set aside from the training pairs, training pairs, or validation pairs. */
export type JudgedSource = z.infer<typeof sourceSchema>;

const judgingSchema = z.looseObject({
  judge: z.string().optional(),
  everyEpochs: z.number().optional(),
  pairs: z.looseObject({
    source: sourceSchema,
    reason: z.string().optional(),
    ids: z.array(z.string()),
    heldIds: z.array(z.string()),
  }),
  best: scoreSchema.nullable().default(null),
  scores: z.array(scoreSchema).default([]),
  collapsed: z.string().nullable().default(null),
});

/** What judging.json of a run holds: which pairs chose `best`, and how all epochs did. */
export interface JudgingFile {
  /** 'trained', or the folder it was taken from; it lies in the run's own `judge`. */
  readonly judge?: string;
  readonly everyEpochs?: number;
  readonly pairs: {
    readonly source: JudgedSource;
    /** Why these pairs, as a sentence. */
    readonly reason?: string;
    /** Ids of the pairs whose samples are scored. */
    readonly ids: readonly string[];
    /** Ids of all pairs that were set aside and not trained on; none unless the source is `held`. */
    readonly heldIds: readonly string[];
  };
  readonly best: JudgedScore | null;
  /** In the order of steps. */
  readonly scores: readonly JudgedScore[];
  /** The sentence that ended the run; null where nothing collapsed. */
  readonly collapsed: string | null;
}

/** Writes judging.json, whole or not at all. */
export async function writeJudgingFile(path: string, judging: JudgingFile): Promise<void> {
  await writeJson(path, judging);
}

/**
 * Reads judging.json; null where there is none, of a run that nothing has judged yet.
 *
 * @throws Error that names the first thing that is wrong with the file
 */
export async function readJudgingFile(path: string): Promise<JudgingFile | null> {
  return existsSync(path) ? readJson(path, judgingSchema, "a run's judging.json") : null;
}
