import type { FlagRemedies } from '@cmcgan/command-line';

/** The way on in the trainer's words, where a library's error names an option of the library. */
export const REMEDIES: FlagRemedies = {
  checkpoint: '--checkpoint takes a run folder, one of its checkpoints, or a folder with a model.safetensors',
  onBroken: 'mend or remove them, or go on without them: --skip-broken',
  onMissingHalf: 'add what is missing, or go on without them: --skip-broken',
  runFolder: 'wait for it, stop it (Ctrl-C saves), or choose another folder with --out',
  cacheFolder: 'name another folder with --data-cache',
  maxPixels: '--max-pixels opens larger ones',
};
