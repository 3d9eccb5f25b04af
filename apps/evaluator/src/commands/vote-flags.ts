import type { Command } from 'commander';
import { addListFlag } from './evaluate-flags';

/** Adds the flags of `vote make`, in the order of --help. */
export function addVoteMakeFlags(command: Command): Command {
  return addListFlag(
    command,
    '--run <folders>',
    'a model: its run folder, or two with a comma, one for images and one for sounds',
  )
    .option('--out <folder>', 'where the kit goes')
    .option('--data <folder>', "image-sound pairs of the same classes (default: the first run's own)")
    .option('--checkpoint <name>', 'best, last or epoch-050 (default: best where there is one, else last)')
    .option('--data-cache <folder>', 'where decoded pairs are kept (default: .cmcgan-cache in the data folder)')
    .option('--skip-broken', 'leave out pairs with a file that cannot be used, instead of stopping at them')
    .option('--seed <number>', 'of pairs, latents and order (default: 1)')
    .option('--threads <count>', 'threads of the backend (default: one per core)');
}
