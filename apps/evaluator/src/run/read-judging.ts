import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunJudging } from '@cmcgan/evaluation';
import { z } from 'zod';
import { readJson } from '../files/read-json';

const judgingSchema = z.looseObject({
  pairs: z.looseObject({
    source: z.enum(['held', 'train', 'validation']),
    ids: z.array(z.string()),
    heldIds: z.array(z.string()),
  }),
  collapsed: z.string().nullable(),
});

/** Reads judging.json of a run folder, which training leaves when it keeps a best checkpoint; null without one. */
export async function readJudging(folder: string): Promise<RunJudging | null> {
  const path = join(folder, 'judging.json');
  if (!existsSync(path)) return null;
  const { pairs, collapsed } = await readJson(path, judgingSchema, "a run's judging.json");
  return { source: pairs.source, pairs: pairs.ids.length, heldPairs: pairs.heldIds.length, collapsed };
}
