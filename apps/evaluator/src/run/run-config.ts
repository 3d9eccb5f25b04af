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
    pairs: z.record(z.string(), z.number()),
    decibelRange: z.object({ floorDb: z.number(), ceilingDb: z.number() }),
  }),
  backend: z.string(),
  parameters: z.object({ total: z.number() }).catchall(z.number()),
  environment: z.looseObject({ node: z.string(), gitCommit: z.string().nullable() }),
  startedAt: z.string(),
});

/** What the evaluator reads of a run's config.json. */
export type RunConfig = z.infer<typeof runConfigSchema>;

/** Reads the config.json of a run folder. */
export async function readRunConfig(folder: string): Promise<RunConfig> {
  const path = join(folder, 'config.json');
  if (!existsSync(path)) {
    const reason = existsSync(folder) ? 'holds no config.json, so it is no run folder' : 'does not exist';
    throw new UserError(`run ${folder} ${reason}; train one with: pnpm --filter trainer start --out ${folder}`);
  }
  return readJson(path, runConfigSchema);
}
