import { openCheckpoint } from '../checkpoint/open-checkpoint';
import type { GenerateOptions } from '../options/generate-options';
import { pictureToSound } from './picture-to-sound';
import { soundToPicture } from './sound-to-picture';

/** Does what `generate` is asked for, on the current backend: the files written, and the step that the checkpoint had reached. */
export async function generateFile(options: GenerateOptions): Promise<{ written: string[]; step: number }> {
  const checkpoint = await openCheckpoint(options.checkpoint);
  try {
    const generate = options.from === 'picture' ? pictureToSound : soundToPicture;
    return { written: await generate(checkpoint, options), step: checkpoint.training.step };
  } finally {
    checkpoint.model.dispose();
  }
}
