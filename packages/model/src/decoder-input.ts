import { concat, mean, tidy, tile } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';

/**
 * What a decoder starts from: the code brought to its width, and the latent tiled over the map, by channel.
 * An image's code (2×2 at depth 6, 4×4 at 5) is averaged over its columns for the sound decoder (2×1, 4×1), a sound's code repeated for
 * the image decoder; at depth 7 both are 1×1. The caller owns the result.
 *
 * @param code [B, h, w, C]
 * @param latent z [B, 1, 1, Z], or undefined without latent
 * @returns [B, h, width, C + Z]
 */
export function decoderInput(code: Tensor4D, latent: Tensor4D | undefined, width: number): Tensor4D {
  return tidy(() => {
    const fitted = fitWidth(code, width); // [B, h, width, C]
    if (latent === undefined) return fitted.clone();
    const height = code.shape[1];
    const spread = height * width === 1 ? latent : tile(latent, [1, height, width, 1]); // [B, h, width, Z]
    return concat([fitted, spread], 3);
  });
}

function fitWidth(code: Tensor4D, width: number): Tensor4D {
  if (code.shape[2] === width) return code;
  return width === 1 ? mean(code, 2, true) : tile(code, [1, 1, width, 1]);
}
