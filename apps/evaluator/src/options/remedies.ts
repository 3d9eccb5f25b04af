import type { FlagRemedies } from '@cmcgan/command-line';

/** Remedies by library option: the flag to suggest when a library's error or warning names that option. To add one: one row. */
export const REMEDIES: FlagRemedies = {
  onBroken: 'fix or remove them, or leave them out with --skip-broken',
  onMissingHalf: 'add what is missing, or leave them out with --skip-broken',
  run: 'train one with: npx pnpm --filter trainer start --out runs/laptop',
  checkpoint: 'choose another one with --checkpoint',
  cacheFolder: 'choose another folder with --data-cache',
};
