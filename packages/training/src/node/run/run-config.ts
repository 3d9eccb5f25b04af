import { z } from 'zod';
import { readJson } from '../files/read-json';
import { writeJson } from '../files/write-atomically';

/** Software and machine of a run, enough to repeat it. Values that older versions didn't write are missing. */
export interface Environment {
  /** Version of the program that trained. */
  readonly trainer?: string;
  readonly node: string;
  readonly tensorflowJs?: string;
  readonly platform?: string;
  readonly processor?: string;
  readonly cores?: number;
  /** Commit of the repository that the program ran from; null outside a repository. */
  readonly gitCommit: string | null;
}

/** When, where and at which step a run was resumed. */
export interface Resume {
  /** ISO 8601. */
  readonly at: string;
  /** Steps already taken. */
  readonly step: number;
  readonly backend?: string;
  readonly environment?: Environment;
}

/** The data of a run. */
export interface RunData {
  readonly folder: string;
  /** SHA-256 of the pairs' ids and contents. */
  readonly manifestHash: string;
  readonly simulated: boolean;
  /** By class id. */
  readonly classNames: readonly string[];
  /** By split. */
  readonly pairs: Readonly<Record<string, number>> & { readonly train: number };
  /** Pairs left out because files were missing or broken, if any: their number, and the first files. */
  readonly leftOut?: { readonly pairs: number; readonly files: readonly string[] };
  /** Number of training pairs held out to choose the best epoch. */
  readonly heldPairs?: number;
  /** The dB that a sound's -1 and 1 stand for. */
  readonly decibelRange: { readonly floorDb: number; readonly ceilingDb: number };
}

/** Options that every run has, whatever others its program defines. */
export interface RunOptions {
  /** Name of the settings that the run started from. */
  readonly preset: string;
  /** What is trained: 'cmcgan', 's2ic', … */
  readonly variant: string;
  /** Seed of everything random. */
  readonly seed: number;
}

/** The content of a run's config.json. */
export interface RunConfig<Options = RunOptions> {
  readonly options: Options;
  readonly data: RunData;
  /** Description of the backend, for people. */
  readonly backend: string;
  /** Number of weights, by network. */
  readonly parameters: Readonly<Record<string, number>> & { readonly total: number };
  readonly environment: Environment;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Missing in a run that was never resumed. */
  readonly resumes?: readonly Resume[];
}

const environmentSchema = z.looseObject({
  ...{ trainer: z.string().optional(), node: z.string(), tensorflowJs: z.string().optional() },
  ...{ platform: z.string().optional(), processor: z.string().optional(), cores: z.number().optional() },
  gitCommit: z.string().nullable(),
});

const runConfigSchema = z.looseObject({
  options: z.looseObject({ preset: z.string(), variant: z.string().default('cmcgan'), seed: z.number() }),
  data: z.looseObject({
    ...{ folder: z.string(), manifestHash: z.string(), simulated: z.boolean().default(false) },
    classNames: z.array(z.string()),
    pairs: z.object({ train: z.number() }).catchall(z.number()),
    leftOut: z.object({ pairs: z.number(), files: z.array(z.string()) }).optional(),
    heldPairs: z.number().optional(),
    decibelRange: z.object({ floorDb: z.number(), ceilingDb: z.number() }),
  }),
  backend: z.string(),
  parameters: z.object({ total: z.number() }).catchall(z.number()),
  environment: environmentSchema,
  startedAt: z.string(),
  resumes: z
    .array(
      z.looseObject({
        ...{ at: z.string(), step: z.number() },
        ...{ backend: z.string().optional(), environment: environmentSchema.optional() },
      }),
    )
    .optional(),
});

/** Writes config.json, completely or not at all. */
export async function writeRunConfig(path: string, config: RunConfig<object>): Promise<void> {
  await writeJson(path, config);
}

/**
 * Reads a run's config.json, including its other options, unchecked.
 *
 * @throws Error that names the file's first problem
 */
export async function readRunConfig(path: string): Promise<RunConfig<RunOptions & Readonly<Record<string, unknown>>>> {
  return readJson(path, runConfigSchema, 'the config.json of a run of the trainer');
}
