import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from '../files/read-json';

const judgingSchema = z.looseObject({ split: z.string(), pairs: z.union([z.number(), z.array(z.unknown())]) });

/** Which pairs chose the best checkpoint of a run. */
export interface RunJudging {
  readonly split: string;
  readonly pairs: number;
}

/** Reads judging.json of a run folder, which training leaves when it keeps a best checkpoint; null without one. */
export async function readJudging(folder: string): Promise<RunJudging | null> {
  const path = join(folder, 'judging.json');
  if (!existsSync(path)) return null;
  const { split, pairs } = await readJson(path, judgingSchema);
  return { split, pairs: typeof pairs === 'number' ? pairs : pairs.length };
}
