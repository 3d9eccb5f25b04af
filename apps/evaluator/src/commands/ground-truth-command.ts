import { resolve } from 'node:path';
import { textTable, UserError } from '@cmcgan/command-line';
import { DIRECTION_NAMES, percent, percentInterval, poolGroundTruth, type PooledTruth } from '@cmcgan/evaluation';
import { z } from 'zod';
import { readEvaluation } from './compare-command';
import type { CommandDependencies } from './evaluate-command';

const measuredSchema = z.object({
  n: z.number().int().min(1),
  error: z.number(),
  errorInterval: z.tuple([z.number(), z.number()]),
  closeShare: z.number(),
});
const truthSchema = z.object({ real: measuredSchema, generated: measuredSchema, direct: measuredSchema.nullable() });
const directionSchema = z.object({ pitch: truthSchema, loudness: truthSchema }).nullable();
const evaluationSchema = z.looseObject({
  run: z.looseObject({ variant: z.string() }),
  data: z.looseObject({ manifestHash: z.string() }),
  groundTruth: z.object({ soundToImage: directionSchema, imageToSound: directionSchema }).nullable(),
});

/** Pools how well the main runs of several evaluations carry over pitch and loudness, and prints it. Resolves to the process's exit code. */
export async function groundTruthCommand(paths: readonly string[], { folder, progress }: CommandDependencies): Promise<number> {
  const evaluations = await Promise.all(paths.map((path) => readEvaluation(resolve(folder, path), evaluationSchema)));
  const measures = evaluations.map(({ groundTruth, run, data }, i) => {
    if (groundTruth === null) {
      throw new UserError(
        `${paths[i]} is of recordings, whose pitch and loudness nobody knows; evaluate a run on simulated musicians`,
      );
    }
    if (run.variant !== evaluations[0].run.variant) {
      throw new UserError(
        `${paths[0]} is of ${evaluations[0].run.variant}, ${paths[i]} of ${run.variant}; pool evaluations of one variant`,
      );
    }
    const before = evaluations.findIndex((each) => each.data.manifestHash === data.manifestHash);
    if (before < i) {
      throw new UserError(
        `${paths[before]} and ${paths[i]} have the same test pairs, which would count twice; pool runs on data of their own, simulated with other seeds`,
      );
    }
    return groundTruth;
  });
  const rows = poolGroundTruth(measures);
  progress.note(`${rows[0]?.n ?? 0} test pairs, ${measures.length} evaluations, [95 % interval]`);
  for (const line of textTable([HEAD, ...rows.map(textsOf)])) progress.note(line);
  return 0;
}

const HEAD = ['direction', 'quantity', 'samples', 'off by', 'share of pairs'];
const QUANTITIES = {
  pitch: { unit: 'pitch, semitones', digits: 2, close: 'within a semitone' },
  loudness: { unit: 'loudness, 0 to 1', digits: 3, close: 'within 0.1' },
} as const;

function textsOf({ direction, quantity, samples, error, errorInterval, closeShare, closeInterval }: PooledTruth): string[] {
  const { unit, digits, close } = QUANTITIES[quantity];
  const [low, high] = errorInterval.map((bound) => bound.toFixed(digits));
  const share = `${percent(closeShare)} ${percentInterval(closeInterval)} ${close}`;
  return [DIRECTION_NAMES[direction], unit, samples, `${error.toFixed(digits)} [${low}, ${high}]`, share];
}
