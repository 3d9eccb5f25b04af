import { encodeJpeg, resizePicture, type Picture } from '@cmcgan/image-io';

const QUALITY = 95;

/** Encodes a frame as a JPEG, squashed to a square by area averaging, or in its original size. */
export function frameToJpeg(picture: Picture, imageSize: number | 'original'): Promise<Uint8Array> {
  const sized = imageSize === 'original' ? picture : resizePicture(picture, { width: imageSize, height: imageSize });
  return encodeJpeg(sized, { quality: QUALITY });
}
