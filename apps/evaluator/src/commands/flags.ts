import type { Command } from 'commander';
import { BACKEND_NAMES } from '../options/evaluate-options';

/** A flag as --help shows it. */
type Flag = readonly [name: string, help: string];

const READING: readonly Flag[] = [
  ['--data-cache <folder>', 'where decoded pairs are cached (default: .cmcgan-cache in the data folder)'],
  ['--skip-broken', 'leave out pairs with an unusable file instead of stopping'],
];
const JUDGING: readonly Flag[] = [
  ['--no-samples', 'no samples and no Figures 2 to 5: faster, with a small page'],
  ['--judge-width <factor>', "channels of the judges' networks (default: 0.25; 1: the paper's)"],
  ['--judge-steps <count>', 'training steps of each judge (default: image 200, sound 800, both 400)'],
  ['--judge-augmentation <name>', 'light, or ears: sounds are moved in pitch too (default: ears, unless the data are simulated)'],
];
const CLASSIFYING: readonly Flag[] = [
  [
    '--cross-fit <folder>',
    'a run trained without some of the training pairs, for the opinion pool and the taught classifier of Table 2; repeat it for several folds',
  ],
  ['--robust-classifiers', 'also train SMIL-like and ShaSpec-like classifiers for the sweep over missing rates'],
];
const COMPUTING: readonly Flag[] = [
  ['--backend <name>', `where to compute: ${BACKEND_NAMES.join(', ')} (default: ${BACKEND_NAMES[0]})`],
  ['--threads <count>', 'threads of the backend (default: one per core)'],
];
const CHECKPOINT: Flag = ['--checkpoint <name>', 'best, last or epoch-050 (default: best if a judge chose one, else last)'];
const DATA: Flag = ['--data <folder>', "image-sound pairs of the same classes (default: the first run's own)"];
const PAIRS: readonly Flag[] = [
  ['--limit <pairs>', 'evaluate at most this many pairs of each split (default: 2000)'],
  ['--sound-pairs <count>', 'test pairs of each instrument whose sounds are compared with the recordings (default: 4; 0: none)'],
];

/** The flags of each command except `--run`, in the order of --help. */
const FLAGS: Readonly<Record<'evaluate' | 'experiment' | 'compare' | 'voteMake', readonly Flag[]>> = {
  evaluate: [
    DATA,
    ['--judge <folder>', 'judges saved by an earlier evaluation (default: trained once, on the real training pairs)'],
    ['--out <folder>', 'where report.html and evaluation.json go (default: evaluation in the first run folder)'],
    CHECKPOINT,
    ['--seed <number>', 'for latents, judges and random choices: the same seed gives the same figures (default: 1)'],
    ...[...PAIRS, ...READING, ...JUDGING, ...CLASSIFYING, ...COMPUTING],
  ],
  experiment: [
    ['--out <folder>', 'where the runs, the judge and the report go'],
    ['--data <folder>', 'image-sound pairs to train and evaluate on (default: simulated musicians, run by run)'],
    ['--preset <name>', "the trainer's preset for all runs (default: laptop)"],
    ['--max-minutes <minutes>', 'time limit of each training'],
    ['--max-steps <count>', 'step limit of each training'],
    [
      '--trainer-flag <name=value>',
      'another flag of the trainer for all runs, such as ema-decay=0.999 (trainer --help lists them); repeat it for several',
    ],
    ['--jobs <count>', 'trainings to run at the same time, each with its share of the threads (default: 1)'],
    ['--dry-run', 'show what would be trained and the longest it could take'],
    ['--seed <number>', 'for trainings, judges and figures (default: 1)'],
    ['--judge <folder>', 'judges saved by an earlier evaluation'],
    ...[...PAIRS, ...READING, ...JUDGING, ...COMPUTING],
  ],
  compare: [
    ['--main <variant>', "the variant to compare the others with (default: the first evaluation's main run's)"],
    ['--out <file>', 'where the comparison goes as JSON'],
    ['--seed <number>', 'for the bootstrap (default: 1)'],
  ],
  voteMake: [
    ['--out <folder>', 'where the kit goes'],
    ...[DATA, CHECKPOINT, ...READING],
    ['--seed <number>', 'for pairs, latents and order (default: 1)'],
    ['--threads <count>', 'threads of the backend (default: one per core)'],
  ],
};

/** The `--run` flag of each command that has one; it may be repeated, and its values come as a list. */
const RUNS: Readonly<Partial<Record<keyof typeof FLAGS, Flag>>> = {
  evaluate: [
    '--run <folder>',
    'a run folder of the trainer, or a checkpoint in it; repeat it for several runs, the first of which is the main one',
  ],
  voteMake: ['--run <folders>', 'a model: its run folder, or two separated by a comma, one for images and one for sounds'],
};

/** Other flags that may be repeated. */
const REPEATABLE: readonly string[] = ['--cross-fit <folder>', '--trainer-flag <name=value>'];

/** Adds the flags of a command, `--run` first if it has one. */
export function addFlags(command: Command, name: keyof typeof FLAGS): Command {
  const run = RUNS[name];
  const collect = (value: string, values: string[] | undefined) => [...(values ?? []), value];
  if (run) command.option(...run, collect);
  const add = (added: Command, [flag, help]: Flag) =>
    REPEATABLE.includes(flag) ? added.option(flag, help, collect) : added.option(flag, help);
  return FLAGS[name].reduce(add, command);
}
