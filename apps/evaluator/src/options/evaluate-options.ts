import { resolve } from 'node:path';
import { BACKENDS } from '@cmcgan/backends';
import { CLASSIFIER_AUGMENTATIONS } from '@cmcgan/classifier';
import { usageError, wholeNumberFlag } from '@cmcgan/command-line';
import { JUDGE_SCHEDULE, type JudgeSchedule } from '@cmcgan/evaluation';

/** The flags of an evaluation as commander gives them. */
export interface EvaluateFlags {
  run?: string[];
  data?: string;
  dataCache?: string;
  judge?: string;
  crossFit?: string[];
  robustClassifiers?: boolean;
  out?: string;
  checkpoint?: string;
  seed?: string;
  limit?: string;
  soundPairs?: string;
  samples?: boolean;
  skipBroken?: boolean;
  judgeWidth?: string;
  judgeSteps?: string;
  judgeAugmentation?: string;
  backend?: string;
  threads?: string;
}

/** The resolved options of an evaluation; paths are absolute. */
export interface EvaluateOptions {
  /** Run folders, or checkpoints in them; the first is the main run. */
  readonly runs: readonly string[];
  /** The data set; null: the first run's own. */
  readonly data: string | null;
  /** Where decoded pairs are cached; null: in the data folder. */
  readonly dataCache: string | null;
  readonly judge: string | null;
  /** Runs that were trained without some of the training pairs, on which the weights of an opinion pool are fitted; none: no pool. */
  readonly crossFit: readonly string[];
  /** Whether classifiers that do without a modality are trained too, for the sweep over missing rates. */
  readonly robustClassifiers: boolean;
  /** Where report.html and evaluation.json go; null: `evaluation` in the first run's folder. */
  readonly out: string | null;
  readonly checkpoint: string | undefined;
  readonly seed: number;
  /** At most this many pairs of each split are used. */
  readonly limit: number;
  /** Test pairs of each instrument whose sounds are compared with the recordings. */
  readonly soundPairs: number;
  /** Whether samples are generated to look at and listen to; without them the report has no Figures 2 to 5. */
  readonly samples: boolean;
  /** Whether pairs with a broken file are left out; otherwise they are an error. */
  readonly skipBroken: boolean;
  readonly judgeSchedule: Omit<JudgeSchedule, 'augmentation'>;
  /** 'auto': 'ears', unless the data are simulated, whose pictures show the pitch. */
  readonly judgeAugmentation: JudgeAugmentation;
  readonly backend: string;
  readonly threads: number | null;
}

/** The backends to choose from. `auto` is not one: figures must be reproducible, and each backend rounds differently. */
export const BACKEND_NAMES: readonly string[] = BACKENDS.map(({ name }) => name);

const JUDGE_AUGMENTATIONS = ['auto', ...(Object.keys(CLASSIFIER_AUGMENTATIONS) as JudgeSchedule['augmentation'][])] as const;
type JudgeAugmentation = (typeof JUDGE_AUGMENTATIONS)[number];

/** Resolves and checks flags; relative paths start from `folder`. @throws a usage error of one line */
export function resolveEvaluateOptions(flags: EvaluateFlags, folder: string): EvaluateOptions {
  const path = (text: string | undefined) => (text === undefined ? null : resolve(folder, text));
  const runs = (flags.run ?? []).map((run) => resolve(folder, run));
  if (runs.length === 0) throw usageError('name a run to evaluate: --run runs/laptop');
  const { backend = BACKEND_NAMES[0] } = flags;
  if (!BACKEND_NAMES.includes(backend)) throw usageError(`--backend must be one of ${BACKEND_NAMES.join(', ')}, got ${backend}`);
  const seed = wholeNumberFlag(flags.seed, { name: 'seed', fallback: 1, minimum: 0 });
  return {
    runs,
    data: path(flags.data),
    dataCache: path(flags.dataCache),
    judge: path(flags.judge),
    crossFit: (flags.crossFit ?? []).map((run) => resolve(folder, run)),
    robustClassifiers: flags.robustClassifiers ?? false,
    out: path(flags.out),
    checkpoint: flags.checkpoint,
    seed,
    limit: wholeNumberFlag(flags.limit, { name: 'limit', fallback: 2000, minimum: 2 }),
    soundPairs: wholeNumberFlag(flags.soundPairs, { name: 'sound-pairs', fallback: 4, minimum: 0 }),
    samples: flags.samples ?? true,
    skipBroken: flags.skipBroken ?? false,
    judgeSchedule: judgeSchedule(flags, seed),
    judgeAugmentation: judgeAugmentation(flags),
    backend,
    threads: flags.threads === undefined ? null : wholeNumberFlag(flags.threads, { name: 'threads', fallback: 1, minimum: 1 }),
  };
}

function judgeAugmentation({ judgeAugmentation: name = 'auto' }: EvaluateFlags): JudgeAugmentation {
  const known = JUDGE_AUGMENTATIONS.find((each) => each === name);
  if (known !== undefined) return known;
  throw usageError(`--judge-augmentation must be one of ${JUDGE_AUGMENTATIONS.join(', ')}, got ${name}`);
}

function judgeSchedule({ judgeWidth, judgeSteps }: EvaluateFlags, seed: number): EvaluateOptions['judgeSchedule'] {
  const width = judgeWidth === undefined ? JUDGE_SCHEDULE.width : Number(judgeWidth);
  if (!(width > 0 && width <= 4)) throw usageError(`--judge-width must be a number above 0, at most 4, got ${judgeWidth}`);
  if (judgeSteps === undefined) return { steps: JUDGE_SCHEDULE.steps, width, seed };
  const steps = wholeNumberFlag(judgeSteps, { name: 'judge-steps', fallback: 1, minimum: 1 });
  return { width, seed, steps: { V: steps, A: steps, VA: steps } };
}
