import type { FlagRemedies } from '@cmcgan/command-line';

/** What the evaluator's flags say where a library's error or warning names an option of its own. To add one: one row. */
export const REMEDIES: FlagRemedies = {
  onBroken: 'mend or remove them, or go on without them: --skip-broken',
  onMissingHalf: 'add what is missing, or go on without them: --skip-broken',
  run: 'train one with: npx pnpm --filter trainer start --out runs/laptop',
  checkpoint: 'take another one with --checkpoint',
  cacheFolder: 'name another folder with --data-cache',
};
