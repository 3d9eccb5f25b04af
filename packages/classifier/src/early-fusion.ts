import { concat, reshape, tidy, tile } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';

/**
 * The paper's V-A input, "concatenated directly": each of the spectrum's 32 frames becomes four pixels wide, which makes it 128×128, and
 * it is the image's fourth channel.
 *
 * @param images [B, 128, 128, 3]
 * @param sounds [B, 128, 32, 1]
 * @returns [B, 128, 128, 4]; the caller owns it
 */
export function fuseEarly(images: Tensor4D, sounds: Tensor4D): Tensor4D {
  return tidy(() => {
    const [batchSize, height, frames] = sounds.shape;
    const repeats = images.shape[2] / frames;
    const spread = reshape(tile(sounds, [1, 1, 1, repeats]), [batchSize, height, frames * repeats, 1]); // [B, 128, 128, 1]
    return concat([images, spread as Tensor4D], 3);
  });
}
