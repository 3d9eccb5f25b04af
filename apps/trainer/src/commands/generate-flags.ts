import { BACKEND_NAMES } from '@cmcgan/backends';

/** Flags of `generate`, in the order of its --help. */
export const GENERATE_FLAGS = [
  {
    name: 'checkpoint',
    value: 'folder',
    help: 'a run folder (its best checkpoint, else its last), a checkpoint, or a saved model',
  },
  { name: 'image', value: 'file', help: 'the picture to turn into a sound (JPEG, PNG, …)' },
  { name: 'sound', value: 'file', help: 'the sound to turn into a picture (WAV, AIFF, FLAC, MP3, Ogg Vorbis, Opus)' },
  { name: 'out', value: 'file', help: 'what to write: .wav (its spectrogram goes beside it), or .png, .jpg, .webp' },
  { name: 'at', value: 'seconds', help: 'where in the sound the half second starts (default: 0)' },
  {
    name: 'output',
    value: 'which',
    help: 'pathEnd (default where the networks have it): through both modalities, as in the paper; direct: one decoder',
  },
  {
    name: 'decibel-range',
    value: 'floor,ceiling',
    help: "the dB of the model's quietest and loudest values, -60,20 say, for a model whose files don't hold them",
  },
  { name: 'max-pixels', value: 'count', help: 'open pictures up to that size (default: 100 million pixels)' },
  { name: 'seed', value: 'number', help: 'of the latent Z: another one gives another variation (default: 1)' },
  { name: 'backend', value: 'name', help: `what computes: ${BACKEND_NAMES.join(', ')} [wasm]` },
  { name: 'threads', value: 'count', help: 'threads of the backend (default: one per core)' },
] as const;
