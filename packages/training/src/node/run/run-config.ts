import { z } from 'zod';
import { readJson } from '../files/read-json';
import { writeJson } from '../files/write-atomically';

/** What a run ran on: enough to run it again. What older versions didn't write is left out. */
export interface Environment {
  /** Version of the program that trained. */
  readonly trainer?: string;
  readonly node: string;
  readonly tensorflowJs?: string;
  readonly platform?: string;
  readonly processor?: string;
  readonly cores?: number;
  /** Of the repository that the program ran from; null outside of one. */
  readonly gitCommit: string | null;
}

/** Where a run was resumed. */
export interface Resume {
  /** ISO 8601. */
  readonly at: string;
  /** Steps taken before. */
  readonly step: number;
  readonly backend?: string;
  readonly environment?: Environment;
}

/** What a run was trained on. */
export interface RunData {
  readonly folder: string;
  /** SHA-256 of the pairs' ids and contents. */
  readonly manifestHash: string;
  readonly simulated: boolean;
  /** By class id. */
  readonly classNames: readonly string[];
  /** By split. */
  readonly pairs: Readonly<Record<string, number>> & { readonly train: number };
  /** Pairs whose files were missing or broken, where there are some: how many, and the first of their files. */
  readonly leftOut?: { readonly pairs: number; readonly files: readonly string[] };
  /** Training pairs that are set aside to choose the best epoch. */
  readonly heldPairs?: number;
  /** The dB that a sound's -1 and 1 stand for. */
  readonly decibelRange: { readonly floorDb: number; readonly ceilingDb: number };
}

/** What every run's options say, whatever else the program that trained it lets people choose. */
export interface RunOptions {
  /** Name of the settings that the run started from. */
  readonly preset: string;
  /** What is trained: 'cmcgan', 's2ic', … */
  readonly variant: string;
  /** Everything random follows from it. */
  readonly seed: number;
}

/** What config.json of a run holds. */
export interface RunConfig<Options = RunOptions> {
  readonly options: Options;
  readonly data: RunData;
  /** What computed, for people. */
  readonly backend: string;
  /** Trained numbers, by network. */
  readonly parameters: Readonly<Record<string, number>> & { readonly total: number };
  readonly environment: Environment;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Left out in a run that was never resumed. */
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

/** Writes config.json, whole or not at all. */
export async function writeRunConfig(path: string, config: RunConfig<object>): Promise<void> {
  await writeJson(path, config);
}

/**
 * Reads config.json of a run. The other options are there too, unchecked.
 *
 * @throws Error that names the first thing that is wrong with the file
 */
export async function readRunConfig(path: string): Promise<RunConfig<RunOptions & Readonly<Record<string, unknown>>>> {
  return readJson(path, runConfigSchema, 'the config.json of a run of the trainer');
}
