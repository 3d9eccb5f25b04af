import { imageToPixels, lmsToPixels, type Picture } from '@cmcgan/image-io';

/** A network's image, Float32Array [128, 128, 3] in [-1, 1], as a picture. */
export function imagePicture(image: Float32Array): Picture {
  return { pixels: imageToPixels(image), width: 128, height: 128 };
}

/** A network's sound, Float32Array [128, 32] in [-1, 1], as a picture of its spectrogram: 128×128, low pitches at the bottom. */
export function soundPicture(sound: Float32Array): Picture {
  return lmsToPixels(sound, { melCount: 128, frameCount: 32, scale: { frames: 4, mels: 1 } });
}
