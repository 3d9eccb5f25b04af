/** Folders of samples/; those of generated samples sort by epoch, so that a picture viewer flips through them. */
export const SAMPLE_FOLDERS = {
  soundToImage: 'sound-to-image',
  imageToSound: 'image-to-sound',
  sounds: 'sounds',
  trueSounds: 'true-sounds',
} as const;

/** An instrument's name as part of a file's. */
export const instrumentFileName = (instrument: string): string => instrument.replaceAll(/[^\w-]+/g, '-');
