/** Folders of samples/; each sorts by epoch, so that a picture viewer flips through them. */
export const SAMPLE_FOLDERS = { soundToImage: 'sound-to-image', imageToSound: 'image-to-sound', sounds: 'sounds' } as const;
