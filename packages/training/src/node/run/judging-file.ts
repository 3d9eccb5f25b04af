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

/** A judge's accuracy on n generated samples. */
export type JudgedAccuracy = Readonly<Pick<z.infer<typeof accuracySchema>, 'accuracy' | 'correct' | 'n' | 'interval'>>;

const scoreSchema = z.looseObject({
  step: z.int().min(0),
  epoch: z.int().min(0),
  score: z.number(),
  soundToImage: accuracySchema.nullable(),
  imageToSound: accuracySchema.nullable(),
});

/** A frozen judge's score of generated samples at one point of a run. */
export interface JudgedScore {
  readonly step: number;
  /** Number of the current epoch, from 1. */
  readonly epoch: number;
  /** Mean accuracy over the model's directions, in [0, 1], by which the best epoch is chosen. */
  readonly score: number;
  /** Accuracy on images generated from sounds, at the end of the path if the model has one; null if it generates none. */
  readonly soundToImage: JudgedAccuracy | null;
  readonly imageToSound: JudgedAccuracy | null;
}

const sourceSchema = z.enum(['held', 'train', 'validation']);

/** Source of the judged pairs: held out from the training pairs, training pairs, or validation pairs. */
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

/** The content of a run's judging.json: the pairs that chose `best`, and all scores. */
export interface JudgingFile {
  /** 'trained', or the folder that the judge was copied from. The run's `judge` folder holds the copy. */
  readonly judge?: string;
  readonly everyEpochs?: number;
  readonly pairs: {
    readonly source: JudgedSource;
    /** Why these pairs were chosen, for people. */
    readonly reason?: string;
    /** Ids of the pairs whose samples are scored. */
    readonly ids: readonly string[];
    /** Ids of all pairs held out from training; none unless the source is `held`. */
    readonly heldIds: readonly string[];
  };
  readonly best: JudgedScore | null;
  /** In the order of steps. */
  readonly scores: readonly JudgedScore[];
  /** The message of a collapse that ended the run; null if there was none. */
  readonly collapsed: string | null;
}

/** Writes judging.json, completely or not at all. */
export async function writeJudgingFile(path: string, judging: JudgingFile): Promise<void> {
  await writeJson(path, judging);
}

/**
 * Reads judging.json; null if there is none because nothing has been judged yet.
 *
 * @throws Error that names the file's first problem
 */
export async function readJudgingFile(path: string): Promise<JudgingFile | null> {
  return existsSync(path) ? readJson(path, judgingSchema, "a run's judging.json") : null;
}
