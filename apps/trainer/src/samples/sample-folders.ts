/** Folders in samples/. Files with generated samples sort by epoch, so that an image viewer can flip through them. */
export const SAMPLE_FOLDERS = {
  soundToImage: 'sound-to-image',
  imageToSound: 'image-to-sound',
  sounds: 'sounds',
  trueSounds: 'true-sounds',
  listening: 'listening',
} as const;

/** An instrument's name as part of a file name. */
export const instrumentFileName = (instrument: string): string => instrument.replaceAll(/[^\w-]+/g, '-');
