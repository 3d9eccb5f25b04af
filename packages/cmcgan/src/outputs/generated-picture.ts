import { encodeJpeg, encodePng, imageToPixels, type Picture } from '@cmcgan/image-io';

/** A picture that a model made, or the one that it was given, as its networks see it. */
export interface GeneratedPicture extends Picture {
  /** Its bytes as a PNG file. */
  png(): Promise<Uint8Array>;
  /** Its bytes as a JPEG file. @param options.quality 1-100, default 92 */
  jpeg(options?: { quality?: number }): Promise<Uint8Array>;
}

/** Gives pixels the methods that encode them. */
export function generatedPicture({ pixels, width, height }: Picture): GeneratedPicture {
  const picture = { pixels, width, height };
  return { ...picture, png: () => encodePng(picture), jpeg: (options) => encodeJpeg(picture, options) };
}

/** An image of the networks, Float32Array [128, 128, 3] in [-1, 1], as a picture. */
export const pictureOfImage = (image: Float32Array): GeneratedPicture =>
  generatedPicture({ pixels: imageToPixels(image), width: 128, height: 128 });
