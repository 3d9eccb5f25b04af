// Importing tfjs-layers registers the gradients of pooling; tfjs-core alone registers none.
import '@tensorflow/tfjs-layers';
import { addN, avgPool, mul, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core';
import { l1Loss } from '@cmcgan/tfjs-kernels';

/** Generated and real spectrograms, both float32. */
export interface SpectralPair {
  /** [B, mels, frames, 1], or several such batches one after the other. */
  readonly generated: Tensor4D;
  /** [B, mels, frames, 1]. */
  readonly real: Tensor4D;
}

/**
 * The mean over scales of the mean absolute error of spectrograms, each averaged over squares of 1, 2, 4 ... 2^(scales - 1) mel bands and frames:
 * an error of the level in a region weighs as much at every scale, one that changes from value to value less and less. For one scale, it is the
 * mean absolute error. Of several generated batches, the sum. Differentiable with respect to `generated`. The caller owns the result.
 *
 * @param scales whole number; mels and frames must be multiples of 2^(scales - 1)
 */
export function multiScaleSpectralLoss({ generated, real }: SpectralPair, scales: number): Scalar {
  const largest = 2 ** (scales - 1);
  const [, mels, frames] = real.shape;
  if (!Number.isInteger(scales) || scales < 1 || mels % largest !== 0 || frames % largest !== 0) {
    throw new Error(
      `multiScaleSpectralLoss: scales must be a whole number of at least 1 for which mels and frames [${mels}, ${frames}] are multiples of 2^(scales - 1), got ${scales}`,
    );
  }
  return tidy(() => {
    let pair = { generated, real };
    const errors = Array.from({ length: scales }, (_, scale) => {
      if (scale > 0) pair = { generated: halved(pair.generated), real: halved(pair.real) };
      return l1Loss(pair.generated, pair.real);
    });
    return scales === 1 ? errors[0] : mul<Scalar>(addN(errors), 1 / scales);
  });
}

const halved = (spectrograms: Tensor4D): Tensor4D => avgPool(spectrograms, 2, 2, 'valid');
