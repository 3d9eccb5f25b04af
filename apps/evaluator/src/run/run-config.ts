import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '@cmcgan/command-line';
import { readJson } from '../files/read-json';

const runConfigSchema = z.object({
  options: z.looseObject({
    preset: z.string(),
    variant: z.string().default('cmcgan'),
    seed: z.number(),
  }),
  data: z.object({
    folder: z.string(),
    manifestHash: z.string(),
    simulated: z.boolean().optional(),
    classNames: z.array(z.string()),
    pairs: z.looseObject({ train: z.number() }),
    decibelRange: z.object({ floorDb: z.number(), ceilingDb: z.number() }),
  }),
  backend: z.string(),
  parameters: z.object({ total: z.number() }).catchall(z.number()),
  environment: z.looseObject({ node: z.string(), gitCommit: z.string().nullable() }),
  startedAt: z.string(),
});

/** What the evaluator reads of a run's config.json. */
export type RunConfig = z.infer<typeof runConfigSchema>;

/** How to train a run into a folder. */
export const trainingCommand = (folder: string) => `npx pnpm --filter trainer start --out ${folder}`;

/** Reads the config.json of a run folder. */
export async function readRunConfig(folder: string): Promise<RunConfig> {
  const path = join(folder, 'config.json');
  if (existsSync(path)) return readJson(path, runConfigSchema, 'the config.json of a run of the trainer');
  throw new UserError(
    `run ${folder} holds no config.json, so it is no run folder; train one with: ${trainingCommand('runs/laptop')}`,
  );
}
