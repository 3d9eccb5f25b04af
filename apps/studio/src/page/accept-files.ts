import { fileKind, type FileKind } from './file-kind';
import { modelAmong, type PathedFile } from './model-files';
import type { Studio } from './studio';

/** Does what files stand for: a picture, a sound or both are given, the files of a model are loaded. */
export async function acceptFiles(studio: Studio, files: readonly PathedFile[]): Promise<void> {
  const [first] = files;
  if (first === undefined) return;
  const kinds = await Promise.all(files.map(({ file }) => fileKind(file)));
  if (kinds.includes('model')) {
    try {
      const source = await modelAmong(files);
      await studio.loadModel(source, nameOf(files));
    } catch (error) {
      studio.showError((error as Error).message);
    }
    return;
  }
  const fileOf = (kind: FileKind) => files[kinds.indexOf(kind)]?.file;
  const [picture, sound] = [fileOf('picture'), fileOf('sound')];
  await studio.give(picture ?? sound ?? first.file, picture && sound);
}

/** The dropped folder's name, or else what single files are. */
const nameOf = ([{ path }]: readonly PathedFile[]) => (path.includes('/') ? path.split('/')[0] : 'Your model');
