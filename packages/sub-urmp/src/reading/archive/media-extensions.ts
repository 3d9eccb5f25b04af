/** Extensions of files that are read, in lower case. The extension only decides whether a file is opened, its content what it is. */
export const PICTURE_EXTENSIONS: readonly string[] = [
  ...['.jpg', '.jpeg', '.jpe', '.jfif', '.png', '.webp', '.avif', '.gif', '.tif', '.tiff'],
];
export const SOUND_EXTENSIONS: readonly string[] = [
  ...['.wav', '.wave', '.flac', '.mp3', '.ogg', '.oga', '.opus', '.aif', '.aiff', '.aifc'],
];
export const VIDEO_EXTENSIONS: readonly string[] = [
  ...['.mp4', '.m4v', '.webm', '.mkv', '.mov', '.qt', '.avi', '.divx', '.ts', '.mts', '.m2ts', '.mpg', '.mpeg', '.mpe', '.m2v'],
  ...['.vob', '.wmv', '.asf', '.flv', '.f4v', '.3gp', '.3g2', '.ogv', '.mxf', '.dv', '.rm', '.rmvb'],
];

/** Extensions of pictures and sounds that cannot be read. */
const OTHER_PICTURES = ['.bmp', '.heic', '.heif', '.jxl', '.jp2', '.psd', '.svg', '.ico', '.tga', '.raw', '.cr2', '.nef', '.dng'];
const OTHER_SOUNDS = ['.m4a', '.aac', '.wma', '.au', '.snd', '.caf', '.amr', '.ape', '.wv', '.mid', '.midi'];

/** The kind of files that a folder is meant to contain. */
export type Medium = 'picture' | 'sound' | 'video';

const EXTENSIONS: Readonly<Record<Medium, readonly string[]>> = {
  picture: PICTURE_EXTENSIONS,
  sound: SOUND_EXTENSIONS,
  video: VIDEO_EXTENSIONS,
};

/** Whether files with this extension are read as `medium`. */
export const isRead = (medium: Medium, extension: string): boolean => EXTENSIONS[medium].includes(extension.toLowerCase());

/** Why a file with this extension is not read among files of `wanted`, and what to do about it, if anything. */
export function whyNotRead(wanted: Medium, extension: string): string {
  const ext = extension.toLowerCase();
  if (ext === '.gif' && wanted === 'video') return 'a gif has no sound';
  if (OTHER_PICTURES.includes(ext)) return `${ext} pictures cannot be read; convert them to png or jpg`;
  if (OTHER_SOUNDS.includes(ext)) return `${ext} sounds cannot be read; convert them to wav or flac`;
  const found = (['picture', 'sound', 'video'] as const).find((medium) => isRead(medium, ext));
  if (found === 'video') return `a video among ${wanted}s; prepare cuts videos into pairs`;
  if (found) return `a ${found} among ${wanted}s`;
  return `not a ${wanted} by its extension`;
}
