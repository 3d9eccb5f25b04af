import { openClassifierContents } from './classifier-source';
import { openContents, type ReadFile } from './model-source';
import type { OpenedModel } from './opened-model';

const NAME = '@cmcgan/weights';

/** Opens the released weights: those of the package @cmcgan/weights, which are loaded when they are first asked for, also by a bundle. */
export async function openReleased(readFile: ReadFile): Promise<OpenedModel> {
  const { readClassifiers, readGenerator } = await import('@cmcgan/weights');
  const files = await openContents(await readGenerator(), 'released model', readFile);
  const classifier = { name: NAME, open: async () => openClassifierContents(await readClassifiers(), readFile) };
  return { ...files, classifiers: [classifier] };
}
