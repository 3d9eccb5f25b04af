import type { Command } from 'commander';
import { BACKEND_NAMES } from '../options/evaluate-options';

/** Adds the flags of `experiment`, in the order of --help. */
export function addExperimentFlags(command: Command): Command {
  return command
    .option('--out <folder>', 'where the runs, the judge and the report go')
    .option('--data <folder>', 'image-sound pairs to train on and evaluate with (default: simulated musicians, run by run)')
    .option('--preset <name>', 'of the trainer, for all runs (default: laptop)')
    .option('--max-minutes <minutes>', 'of each training')
    .option('--max-steps <count>', 'of each training')
    .option('--jobs <count>', 'trainings at a time, each with its share of the threads (default: 1)')
    .option('--dry-run', 'say what would be trained and how long it would take at most')
    .option('--seed <number>', 'of trainings, judges and figures (default: 1)')
    .option('--judge <folder>', 'judges that an earlier evaluation left')
    .option('--limit <pairs>', 'at most so many pairs of either split are evaluated (default: 2000)')
    .option('--data-cache <folder>', 'where decoded pairs are kept (default: .cmcgan-cache in the data folder)')
    .option('--skip-broken', 'leave out pairs with a file that cannot be used, instead of stopping at them')
    .option('--no-samples', 'leave out samples to look at and hear, and with them Figures 2 to 5')
    .option('--judge-width <factor>', "channels of the judges' networks (default: 0.25)")
    .option('--judge-steps <count>', 'training steps of each judge')
    .option('--backend <name>', `what computes: ${BACKEND_NAMES.join(', ')} (default: ${BACKEND_NAMES[0]})`)
    .option('--threads <count>', 'threads of the backend (default: one per core)');
}
