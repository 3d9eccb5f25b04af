import { encodeJpeg, resizePicture, type Picture } from '@cmcgan/image-io';

const QUALITY = 95;

/** A frame as a JPEG, squashed to a square by area unless its size is to stay. */
export function frameToJpeg(picture: Picture, imageSize: number | 'original'): Promise<Uint8Array> {
  const sized = imageSize === 'original' ? picture : resizePicture(picture, { width: imageSize, height: imageSize });
  return encodeJpeg(sized, { quality: QUALITY });
}
