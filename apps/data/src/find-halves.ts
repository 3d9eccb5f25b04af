import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { describeError, UserError } from '@cmcgan/command-line';
import { PICTURE_EXTENSIONS, SOUND_EXTENSIONS, VIDEO_EXTENSIONS } from '@cmcgan/sub-urmp';

const IMAGE_FOLDERS = ['img', 'image', 'images', 'picture', 'pictures', 'photos', 'frames'];
const SOUND_FOLDERS = ['chunk', 'chunks', 'audio', 'sound', 'sounds', 'recordings'];

/** What was found to prepare: videos, or pictures and sounds. `within` is the folder in which both were found. */
export type Source = { kind: 'videos'; folder: string } | { kind: 'folders'; images: string; sounds: string; within?: string };

/** Finds what a folder holds: a folder of pictures next to one of sounds, videos anywhere in it, or pictures and sounds side by side. */
export async function findSource(folder: string): Promise<Source> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOTDIR') throw new UserError(`${folder} is a file; name the folder that contains it`);
    throw new UserError(describeError(error));
  });
  const named = (wanted: string[]) => names.find((name) => wanted.includes(name.toLowerCase()));
  const [images, sounds] = [named(IMAGE_FOLDERS), named(SOUND_FOLDERS)];
  if (images && sounds) return { kind: 'folders', images: join(folder, images), sounds: join(folder, sounds), within: folder };
  const files = await readdir(folder, { recursive: true });
  const holds = (extensions: readonly string[]) => files.some((name) => extensions.includes(extname(name).toLowerCase()));
  if (holds(VIDEO_EXTENSIONS)) return { kind: 'videos', folder };
  if (holds(PICTURE_EXTENSIONS) && holds(SOUND_EXTENSIONS)) return { kind: 'folders', images: folder, sounds: folder };
  throw new UserError(
    `${folder} must hold videos (${VIDEO_EXTENSIONS.join(', ')}), or a folder of pictures (${IMAGE_FOLDERS.join(', ')}) next to one of sounds (${SOUND_FOLDERS.join(', ')}), got neither; to use other folders, name them with --images and --sounds`,
  );
}
