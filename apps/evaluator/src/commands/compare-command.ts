import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { textTable, usageError, UserError, wholeNumberFlag } from '@cmcgan/command-line';
import {
  compareVariants,
  DIRECTION_NAMES,
  percent,
  percentInterval,
  type Comparison,
  type ComparedRun,
} from '@cmcgan/evaluation';
import { readJson, writeAtomically } from '@cmcgan/training/node';
import { z } from 'zod';
import type { CommandDependencies } from './evaluate-command';

/** The flags of `compare` as commander gives them. */
export interface CompareFlags {
  main?: string;
  out?: string;
  seed?: string;
}

const evaluationSchema = z.looseObject({
  data: z.looseObject({ testPairs: z.array(z.looseObject({ id: z.string(), classId: z.number() })) }),
  runs: z.array(
    z.looseObject({
      run: z.looseObject({ variant: z.string(), seed: z.number() }),
      answers: z.record(z.string(), z.array(z.number())),
    }),
  ),
});
type ReadEvaluation = z.output<typeof evaluationSchema>;

/** An evaluation, and what its runs are called if not by their variant. */
interface NamedEvaluation extends ReadEvaluation {
  readonly path: string;
  readonly name?: string;
}

/**
 * Pools the runs of several evaluations by variant, prints the comparison, and writes it to --out. An evaluation given as <name>=<path> is pooled and
 * compared under that name, so that runs of one variant with different options can be compared. Resolves to the process's exit code.
 */
export async function compareCommand(
  evaluated: readonly string[],
  { main, out, seed }: CompareFlags,
  { folder, progress }: CommandDependencies,
): Promise<number> {
  const options = { main, seed: wholeNumberFlag(seed, { name: 'seed', fallback: 1, minimum: 0 }) };
  const evaluations = await Promise.all(
    evaluated.map(async (given): Promise<NamedEvaluation> => {
      const { name, path = given } = /^(?<name>[\w-]+)=(?<path>.+)$/.exec(given)?.groups ?? {};
      return { ...(await readEvaluation(resolve(folder, path), evaluationSchema)), name, path };
    }),
  );
  const runs = runsOf(evaluations);
  const variants = [...new Set(runs.map(({ variant }) => variant))];
  if (main !== undefined && !variants.includes(main)) {
    throw usageError(`--main must be one of the evaluated variants, ${variants.join(', ')}, got ${main}`);
  }
  const classIds = evaluations[0].data.testPairs.map(({ classId }) => classId);
  const comparison = compareVariants(classIds, runs, options);
  for (const line of printComparison(comparison)) progress.note(line);
  if (out !== undefined)
    await writeAtomically(resolve(folder, out), `${JSON.stringify(comparison, null, 1)}\n`, { makeFolders: true });
  return 0;
}

/** Reads an evaluation.json, or that in a folder. @throws a UserError if it is none, or lacks what the schema asks for */
export async function readEvaluation<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const file = isFolder ? join(path, 'evaluation.json') : path;
  return readJson(file, schema, 'an evaluation.json with the answers of its runs').catch((error: Error) => {
    throw new UserError(`${error.message}; evaluate the run first, or again`, undefined, { cause: error });
  });
}

/** The runs of all evaluations, which must have the same test pairs and each training once. */
function runsOf(evaluations: readonly NamedEvaluation[]): ComparedRun[] {
  const idsOf = ({ data }: ReadEvaluation) => data.testPairs.map(({ id }) => id).join('\n');
  const odd = evaluations.find((each) => idsOf(each) !== idsOf(evaluations[0]));
  if (odd !== undefined) {
    throw new UserError(
      `${evaluations[0].path} and ${odd.path} have different test pairs; evaluate both with the same --data, --limit and --seed`,
    );
  }
  evaluations.forEach(assertOneVariant);
  const seen = new Map<string, string>();
  return evaluations.flatMap(({ runs, path, name }) =>
    runs.map(({ run: { variant, seed }, answers }) => {
      const called = name ?? variant;
      const training = `${called} with seed ${seed}`;
      const before = seen.get(training);
      if (before !== undefined) {
        throw new UserError(
          `${before} and ${path} both hold ${training}; leave one of them out, or name them, as in other=${path}`,
        );
      }
      seen.set(training, path);
      return { variant: called, answers };
    }),
  );
}

function assertOneVariant({ runs, path, name }: NamedEvaluation): void {
  const variants = [...new Set(runs.map(({ run }) => run.variant))];
  if (name !== undefined && variants.length > 1) {
    throw new UserError(`${name} must name runs of one variant, and ${path} holds ${variants.join(', ')}; leave ${name}= out`);
  }
}

const OUTPUT_NAMES = { pathEnd: "the path's end", direct: 'direct' } as const;

/** A comparison as lines for a terminal. */
function printComparison({ pairs, accuracies, differences }: Comparison): string[] {
  return [
    `${pairs} test pairs, [95 % interval], bootstrapped over pairs`,
    ...textTable([
      ['direction', 'variant', 'output', 'runs', 'accuracy'],
      ...accuracies.map(({ direction, variant, output, runs, accuracy }) => [
        ...[DIRECTION_NAMES[direction], variant, OUTPUT_NAMES[output], String(runs)],
        `${percent(accuracy.mean)} ${percentInterval(accuracy.interval)}`,
      ]),
    ]),
    '',
    ...textTable([
      ['direction', 'difference', 'output', 'runs', 'points'],
      ...differences.map(({ direction, main, other, output, runs, difference }) => [
        ...[DIRECTION_NAMES[direction], `${main} - ${other}`, OUTPUT_NAMES[output], runs.join(', ')],
        `${difference.mean < 0 ? '' : '+'}${(100 * difference.mean).toFixed(1)} ${percentInterval(difference.interval)}`,
      ]),
    ]),
  ];
}
