import type { Command } from 'commander';
import { BACKEND_NAMES } from '../options/evaluate-options';

/** A flag as --help shows it. */
type Flag = readonly [name: string, help: string];

const READING: readonly Flag[] = [
  ['--data-cache <folder>', 'where decoded pairs are kept (default: .cmcgan-cache in the data folder)'],
  ['--skip-broken', 'leave out pairs with a file that cannot be used, instead of stopping at them'],
];
const JUDGING: readonly Flag[] = [
  ['--no-samples', 'leave out samples to look at and hear, and with them Figures 2 to 5: quicker, and a small page'],
  ['--judge-width <factor>', "channels of the judges' networks (default: 0.25; 1: the paper's)"],
  ['--judge-steps <count>', 'training steps of each judge (default: image 200, sound 800, both 400)'],
];
const COMPUTING: readonly Flag[] = [
  ['--backend <name>', `what computes: ${BACKEND_NAMES.join(', ')} (default: ${BACKEND_NAMES[0]})`],
  ['--threads <count>', 'threads of the backend (default: one per core)'],
];
const CHECKPOINT: Flag = ['--checkpoint <name>', 'best, last or epoch-050 (default: best where there is one, else last)'];
const DATA: Flag = ['--data <folder>', "image-sound pairs of the same classes (default: the first run's own)"];
const LIMIT: Flag = ['--limit <pairs>', 'at most so many pairs of either split are evaluated (default: 2000)'];

/** The flags of each command besides `--run`, in the order of --help. */
const FLAGS: Readonly<Record<'evaluate' | 'experiment' | 'voteMake', readonly Flag[]>> = {
  evaluate: [
    DATA,
    ['--judge <folder>', 'judges that an earlier evaluation left (default: trained on the real training pairs, once)'],
    ['--out <folder>', 'where report.html and evaluation.json go (default: evaluation in the first run)'],
    CHECKPOINT,
    ['--seed <number>', 'of latents, judges and what is drawn: the same seed gives the same figures (default: 1)'],
    ...[LIMIT, ...READING, ...JUDGING, ...COMPUTING],
  ],
  experiment: [
    ['--out <folder>', 'where the runs, the judge and the report go'],
    ['--data <folder>', 'image-sound pairs to train on and evaluate with (default: simulated musicians, run by run)'],
    ['--preset <name>', 'of the trainer, for all runs (default: laptop)'],
    ['--max-minutes <minutes>', 'of each training'],
    ['--max-steps <count>', 'of each training'],
    ['--jobs <count>', 'trainings at a time, each with its share of the threads (default: 1)'],
    ['--dry-run', 'say what would be trained and how long it would take at most'],
    ['--seed <number>', 'of trainings, judges and figures (default: 1)'],
    ['--judge <folder>', 'judges that an earlier evaluation left'],
    ...[LIMIT, ...READING, ...JUDGING, ...COMPUTING],
  ],
  voteMake: [
    ['--out <folder>', 'where the kit goes'],
    ...[DATA, CHECKPOINT, ...READING],
    ['--seed <number>', 'of pairs, latents and order (default: 1)'],
    ['--threads <count>', 'threads of the backend (default: one per core)'],
  ],
};

/** What `--run` of a command takes; it may be given several times, and its values come as a list. */
const RUNS: Readonly<Partial<Record<keyof typeof FLAGS, Flag>>> = {
  evaluate: [
    '--run <folder>',
    'a run folder of the trainer, or a checkpoint in it; may be given several times, the first is the main one',
  ],
  voteMake: ['--run <folders>', 'a model: its run folder, or two with a comma, one for images and one for sounds'],
};

/** Adds the flags of a command, `--run` first where it has one. */
export function addFlags(command: Command, name: keyof typeof FLAGS): Command {
  const run = RUNS[name];
  if (run) command.option(...run, (value: string, values: string[] | undefined) => [...(values ?? []), value]);
  return FLAGS[name].reduce((added, flag) => added.option(...flag), command);
}
