import { resolve } from 'node:path';
import { textTable, UserError, wholeNumberFlag } from '@cmcgan/command-line';
import { percent, percentInterval, poolTable2, type PooledColumn, type Table2 } from '@cmcgan/evaluation';
import { z } from 'zod';
import { readEvaluation } from './compare-command';
import type { CommandDependencies } from './evaluate-command';

const evaluationSchema = z.looseObject({
  data: z.looseObject({ testPairs: z.array(z.looseObject({ id: z.string(), classId: z.number() })) }),
  table2: z.looseObject({
    V: z.looseObject({ predicted: z.array(z.number()) }),
    A: z.looseObject({ predicted: z.array(z.number()) }),
  }),
});

/** Pools Table 2 of several evaluations and prints it. Resolves to the process's exit code. */
export async function table2Command(
  paths: readonly string[],
  { seed }: { seed?: string },
  { folder, progress }: CommandDependencies,
): Promise<number> {
  const evaluations = await Promise.all(paths.map((path) => readEvaluation(resolve(folder, path), evaluationSchema)));
  const idsOf = ({ data }: (typeof evaluations)[number]) => data.testPairs.map(({ id }) => id).join('\n');
  const odd = evaluations.findIndex((each) => idsOf(each) !== idsOf(evaluations[0]));
  if (odd !== -1)
    throw new UserError(
      `${paths[0]} and ${paths[odd]} have different test pairs; evaluate both with the same --data and --limit`,
    );
  const classIds = evaluations[0].data.testPairs.map(({ classId }) => classId);
  const tables = evaluations.map(({ table2 }) => table2 as unknown as Table2);
  const rows = poolTable2(classIds, tables, { seed: wholeNumberFlag(seed, { name: 'seed', fallback: 1, minimum: 0 }) });
  progress.note(`${classIds.length} test pairs, ${tables.length} evaluations, [95 % interval], bootstrapped over pairs`);
  for (const line of textTable([HEAD, ...rows.map(textsOf)])) progress.note(line);
  return 0;
}

const HEAD = ['', 'classifier', 'accuracy', 'over the real half alone', 'calibration error'];
const NAMES = { one: 'one', late: 'late fusion', pooled: 'opinion pool', taught: 'taught' } as const;

function textsOf({ column, classifier, accuracy, gain, calibrationError }: PooledColumn): string[] {
  const points = gain && `${gain.mean < 0 ? '' : '+'}${(100 * gain.mean).toFixed(1)} ${percentInterval(gain.interval)}`;
  const measured = `${percent(accuracy.mean)} ${percentInterval(accuracy.interval)}`;
  return [column, NAMES[classifier], measured, points ?? '', percent(calibrationError)];
}
