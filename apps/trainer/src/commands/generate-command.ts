import { startBackend } from '../backends';
import { openCheckpoint } from '../checkpoint/open-checkpoint';
import { pictureToSound } from '../generation/picture-to-sound';
import { soundToPicture } from '../generation/sound-to-picture';
import { resolveGenerateOptions } from '../options/generate-options';
import type { TypedFlags } from '../options/resolve-options';

/** Turns a picture into a sound or a sound into a picture. Resolves to the process's exit code. */
export async function generateCommand(flags: TypedFlags, { folder }: { folder: string }): Promise<number> {
  const options = resolveGenerateOptions(flags, folder);
  const backend = await startBackend(options.backend, options);
  try {
    const checkpoint = await openCheckpoint(options.checkpoint);
    const generate = options.from === 'picture' ? pictureToSound : soundToPicture;
    const written = await generate(checkpoint, options);
    checkpoint.model.dispose();
    console.log(`Wrote ${written.join(' and ')}, with the checkpoint of step ${checkpoint.training.step}.`);
    return 0;
  } finally {
    await backend.dispose();
  }
}
