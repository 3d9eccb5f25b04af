import type { FlagRemedies } from '@cmcgan/command-line';

/** Remedies in terms of the trainer's flags, for errors of libraries that name an option of the library. */
export const REMEDIES: FlagRemedies = {
  checkpoint: '--checkpoint takes a run folder, one of its checkpoints, or a folder with a model.safetensors',
  onBroken: 'fix or remove them, or leave them out with --skip-broken',
  onMissingHalf: 'add what is missing, or leave them out with --skip-broken',
  runFolder: 'wait for it, stop it (Ctrl-C saves), or choose another folder with --out',
  cacheFolder: 'name another folder with --data-cache',
  maxPixels: 'raise the limit with --max-pixels',
};
