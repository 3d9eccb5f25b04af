import { BACKEND_NAMES } from '../backends';

/** Flags of `generate`, in the order of its --help. */
export const GENERATE_FLAGS = [
  { name: 'checkpoint', value: 'folder', help: 'a checkpoint, or a run folder: then its last one' },
  { name: 'image', value: 'file', help: 'the picture to turn into a sound (JPEG, PNG, …)' },
  { name: 'sound', value: 'file', help: 'the sound to turn into a picture (WAV, at least half a second)' },
  { name: 'out', value: 'file', help: 'the WAV or PNG to write; a sound gets its spectrogram beside it' },
  { name: 'at', value: 'seconds', help: 'where in the sound the half second starts (default: 0)' },
  {
    name: 'output',
    value: 'which',
    help: 'pathEnd (default where the networks have it): through both modalities, as in the paper; direct: one decoder',
  },
  { name: 'seed', value: 'number', help: 'of the latent Z: another one gives another variation (default: 1)' },
  { name: 'backend', value: 'name', help: `what computes: ${BACKEND_NAMES.join(', ')} [wasm]` },
  { name: 'threads', value: 'count', help: 'threads of the backend (default: one per core)' },
] as const;
