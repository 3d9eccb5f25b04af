import type { Command } from 'commander';
import { BACKEND_NAMES } from '../options/evaluate-options';

/** Adds a flag that may be given several times; its values come as a list. */
export function addListFlag(command: Command, flag: string, help: string): Command {
  return command.option(flag, help, (value: string, values: string[] | undefined) => [...(values ?? []), value]);
}

/** Adds the flags of an evaluation, in the order of --help. */
export function addEvaluateFlags(command: Command): Command {
  return addListFlag(
    command,
    '--run <folder>',
    'a run folder of the trainer, or a checkpoint in it; may be given several times, the first is the main one',
  )
    .option('--data <folder>', "image-sound pairs of the same classes (default: the first run's own)")
    .option('--judge <folder>', 'judges that an earlier evaluation left (default: trained on the real training pairs, once)')
    .option('--out <folder>', 'where report.html and evaluation.json go (default: evaluation in the first run)')
    .option('--checkpoint <name>', 'best, last or epoch-050 (default: best where there is one, else last)')
    .option('--seed <number>', 'of latents, judges and what is drawn: the same seed gives the same figures (default: 1)')
    .option('--limit <pairs>', 'at most so many pairs of either split (default: 2000)')
    .option('--data-cache <folder>', 'where decoded pairs are kept (default: .cmcgan-cache in the data folder)')
    .option('--skip-broken', 'leave out pairs with a file that cannot be used, instead of stopping at them')
    .option('--no-samples', 'leave out samples to look at and hear, and with them Figures 2 to 5: quicker, and a small page')
    .option('--judge-width <factor>', "channels of the judges' networks (default: 0.25; 1: the paper's)")
    .option('--judge-steps <count>', 'training steps of each judge (default: image 200, sound 800, both 400)')
    .option('--backend <name>', `what computes: ${BACKEND_NAMES.join(', ')} (default: ${BACKEND_NAMES[0]})`)
    .option('--threads <count>', 'threads of the backend (default: one per core)');
}
