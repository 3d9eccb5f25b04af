import { extname } from 'node:path';
import { encodeJpeg, encodePng, encodeWebp, type Picture } from '@cmcgan/image-io';
import type { PICTURE_EXTENSIONS } from '../options/generate-options';

type Encoder = (picture: Picture) => Promise<Uint8Array>;

const ENCODERS: Readonly<Record<(typeof PICTURE_EXTENSIONS)[number], Encoder>> = {
  '.png': encodePng,
  '.jpg': encodeJpeg,
  '.jpeg': encodeJpeg,
  '.webp': encodeWebp,
};

/** The picture as the file that the ending of its name asks for. */
export function encodePicture(picture: Picture, path: string): Promise<Uint8Array> {
  return ENCODERS[extname(path).toLowerCase() as keyof typeof ENCODERS](picture);
}
