import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { usageError, wholeNumberFlag } from '@cmcgan/command-line';
import { EXPERIMENTS, type Experiment } from '@cmcgan/evaluation';
import { resolveEvaluateOptions, type EvaluateFlags } from '../options/evaluate-options';

/** The flags of `experiment` as commander gives them. */
export interface ExperimentFlags extends Omit<EvaluateFlags, 'run' | 'checkpoint'> {
  preset?: string;
  maxMinutes?: string;
  maxSteps?: string;
  trainerFlag?: string[];
  jobs?: string;
  dryRun?: boolean;
}

/** The resolved options of an experiment; paths are absolute. */
export interface ExperimentOptions {
  readonly experiments: readonly Experiment[];
  readonly out: string;
  /** The trainer's flags for all runs, without --variant and --out; the value of a switch is empty. */
  readonly trainerFlags: Readonly<Record<string, string>>;
  /** The judge's folder; null: an evaluation trains one. */
  readonly judge: string | null;
  /** Flags of the evaluation. */
  readonly evaluateFlags: EvaluateFlags;
  /** How many trainings run at the same time. */
  readonly jobs: number;
  readonly dryRun: boolean;
}

/** Finds experiments by name; `all` stands for all of them. @throws a usage error if a name is unknown */
export function findExperiments(names: readonly string[]): Experiment[] {
  const known = EXPERIMENTS.map(({ name }) => name);
  const unknown = names.find((name) => name !== 'all' && !known.includes(name));
  if (unknown !== undefined) throw usageError(`there is no experiment ${unknown}; choose from all, ${known.join(', ')}`);
  return EXPERIMENTS.filter(({ name }) => names.includes('all') || names.includes(name));
}

/** Flags that an experiment sets itself for each training. */
const SET_PER_RUN = ['variant', 'out', 'resume', 'judge'];

/** The trainer's flags given as `name=value`, or as `name` for a switch. @throws a usage error if one is malformed or is set otherwise */
function furtherFlags(given: readonly string[], ownFlags: readonly string[]): Record<string, string> {
  const entries = given.map((text) => {
    const [, name, value = ''] = /^([a-z][a-z-]*)(?:=(.+))?$/.exec(text) ?? [];
    if (name === undefined)
      throw usageError(`--trainer-flag must be a name and a value such as ema-decay=0.999, without dashes, got ${text}`);
    if (ownFlags.includes(name))
      throw usageError(`--trainer-flag ${text}: experiment has a flag --${name} of its own; use that one`);
    if (SET_PER_RUN.includes(name))
      throw usageError(`--trainer-flag ${text}: experiment sets --${name} itself for each training`);
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
}

/** Resolves and checks names and flags; relative paths start from `folder`. @throws a usage error of one line */
export function resolveExperimentOptions(names: readonly string[], flags: ExperimentFlags, folder: string): ExperimentOptions {
  const experiments = findExperiments(names);
  if (flags.out === undefined) throw usageError('name a folder for the runs and the report: --out experiments');
  const { preset = 'laptop', data, seed, maxMinutes, maxSteps, backend, dryRun = false } = flags;
  if (maxMinutes !== undefined && !(Number(maxMinutes) > 0))
    throw usageError(`--max-minutes must be a number above 0, got ${maxMinutes}`);
  wholeNumberFlag(maxSteps, { name: 'max-steps', fallback: 1, minimum: 1 });
  const { judge, dataCache } = resolveEvaluateOptions({ ...flags, run: ['runs'] }, folder); // finds mistyped flags before hours of training
  const jobs = wholeNumberFlag(flags.jobs, { name: 'jobs', fallback: 1, minimum: 1 });
  const threads = flags.threads ?? (jobs > 1 ? String(Math.max(1, Math.floor(availableParallelism() / jobs))) : undefined);
  const shared = {
    ...{ preset, data: data === undefined ? undefined : resolve(folder, data), seed },
    ...{ 'max-minutes': maxMinutes, 'max-steps': maxSteps, backend, threads },
    'data-cache': dataCache ?? undefined,
    'skip-broken': flags.skipBroken ? '' : undefined,
  };
  const further = furtherFlags(flags.trainerFlag ?? [], Object.keys(shared));
  const given = Object.entries({ ...shared, ...further }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    experiments,
    out: resolve(folder, flags.out),
    trainerFlags: Object.fromEntries(given),
    judge,
    evaluateFlags: flags,
    jobs,
    dryRun,
  };
}
