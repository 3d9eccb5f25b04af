import { BACKEND_NAMES, startBackend, withNamedBackend } from '@cmcgan/backends';
import { assertAddressSpace } from '@cmcgan/command-line';
import { resolveGenerateOptions } from '../options/generate-options';
import type { TypedFlags } from '../options/read-flags';

/** Flags of `generate`, in the order of its --help. */
export const GENERATE_FLAGS = [
  {
    name: 'checkpoint',
    value: 'folder',
    help: 'a run folder (takes its best checkpoint, else its last), a checkpoint, or a saved model',
  },
  { name: 'image', value: 'file', help: 'the picture to turn into a sound (JPEG, PNG, …)' },
  { name: 'sound', value: 'file', help: 'the sound to turn into a picture (WAV, AIFF, FLAC, MP3, Ogg Vorbis, Opus)' },
  { name: 'out', value: 'file', help: 'file to write: .wav (its spectrogram goes beside it), or .png, .jpg, .webp' },
  { name: 'at', value: 'seconds', help: 'where in the sound the half second starts (default: 0)' },
  {
    name: 'output',
    value: 'which',
    help: 'pathEnd (default if the networks have it): through both modalities, as in the paper; direct: one decoder',
  },
  {
    name: 'decibel-range',
    value: 'floor,ceiling',
    help: "dB of the model's quietest and loudest values, such as -60,20, for a model whose files don't record them",
  },
  {
    name: 'gain',
    value: 'dB',
    help: 'amplify the sound (default: as the model needs to be heard; 0: the level of its training data)',
  },
  { name: 'max-pixels', value: 'count', help: 'largest picture to open (default: 100 million pixels)' },
  { name: 'seed', value: 'number', help: 'seed of the latent Z: each seed gives another variation (default: 1)' },
  { name: 'backend', value: 'name', help: `compute backend: ${BACKEND_NAMES.join(', ')} [wasm]` },
  { name: 'threads', value: 'count', help: 'threads of the backend (default: one per core)' },
] as const;

/** Turns a picture into a sound or a sound into a picture. Resolves to the process's exit code. */
export async function generateCommand(flags: TypedFlags, { folder }: { folder: string }): Promise<number> {
  const resolved = resolveGenerateOptions(flags, folder);
  assertAddressSpace('generate');
  const options = await withNamedBackend(resolved, console.log);
  const { generateFile } = await import('../generation/generate-file'); // slow to load: flags are checked first
  const backend = await startBackend(options.backend, options);
  try {
    const written = await generateFile(options, console.log);
    console.log(`Wrote ${written.join(' and ')}.`);
    return 0;
  } finally {
    await backend.dispose();
  }
}
