import type { Picture } from './picture';
import { CUBIC, LANCZOS3, resample } from './resample';

/**
 * Brings a picture to a size: all of it with 'squash', the largest part around its centre with 'crop'. If neither side grows, it is reduced
 * with Lanczos-3; if one does, both sides are resampled with Keys' cubic, as Pillow's BICUBIC does.
 */
export function fitPicture(picture: Picture, target: { width: number; height: number }, fit: 'squash' | 'crop'): Picture {
  const { width, height } = picture;
  const reducing = width < target.width || height < target.height ? CUBIC : LANCZOS3;
  if (fit === 'squash') return resample(picture, { ...target, reducing });
  const scale = Math.max(target.width / width, target.height / height);
  const centred = (side: number, length: number) => ({ start: (side - length / scale) / 2, length: length / scale });
  return resample(picture, { ...target, columns: centred(width, target.width), rows: centred(height, target.height), reducing });
}
