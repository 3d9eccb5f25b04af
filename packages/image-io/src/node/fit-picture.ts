import sharp from 'sharp';
import type { Picture } from '../picture';
import { CUBIC, resample } from '../resample';

/**
 * Brings a picture to a size. Where no side grows, libvips reduces it with its Lanczos-3 filter; where one does, Pillow's bicubic does both sides,
 * since libvips' enlargement is shifted by half an output pixel.
 */
export async function fitPicture(
  picture: Picture,
  target: { width: number; height: number },
  fit: 'squash' | 'crop',
): Promise<Picture> {
  const { pixels, width, height } = picture;
  if (width >= target.width && height >= target.height) {
    const data = await sharp(pixels, { raw: { width, height, channels: 3 }, limitInputPixels: false })
      .resize({ ...target, fit: fit === 'squash' ? 'fill' : 'cover' })
      .raw()
      .toBuffer();
    return { pixels: new Uint8Array(data), ...target };
  }
  if (fit === 'squash') return resample(picture, { ...target, reducing: CUBIC });
  const scale = Math.max(target.width / width, target.height / height);
  const centred = (side: number, length: number) => ({ start: (side - length / scale) / 2, length: length / scale });
  return resample(picture, { ...target, columns: centred(width, target.width), rows: centred(height, target.height), reducing: CUBIC });
}
