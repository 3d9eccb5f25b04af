// Importing tfjs-layers registers the gradients of the operations below; tfjs-core alone registers none.
import '@tensorflow/tfjs-layers';
import { add, exp, log, matMul, mean, mul, rsqrt, square, sub, sum, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';

/** τ: cosines are divided by it. Small enough to tell alike samples apart, and large enough for exp(1 / τ) to be finite. */
const TEMPERATURE = 0.1;
/** Keeps features that are all 0 finite. */
const EPSILON = 1e-8;

/**
 * The contrastive loss between two modalities (Zhang et al. 2021, "Cross-Modal Contrastive Learning for Text-to-Image Generation", Eq. 3): the
 * cross-entropy of finding each image's sound among those of the batch, and each sound's image, averaged over both, by the cosine of their
 * features divided by 0.1. It is ln B where all are alike, and near 0 where each pair agrees and no two pairs do. Differentiable with respect
 * to both. The caller owns the result.
 *
 * @param images features, float32 [B, F]
 * @param sounds features of the sounds that belong to them, float32 [B, F]
 */
export function contrastiveLoss(images: Tensor2D, sounds: Tensor2D): Scalar {
  if (sounds.shape.join() !== images.shape.join()) {
    throw new Error(`contrastiveLoss: sounds must have the shape of images, [${images.shape}], got [${sounds.shape}]`);
  }
  return tidy(() => {
    const [image, sound] = [ofUnitLength(images), ofUnitLength(sounds)];
    const likelihoods = exp(mul(matMul(image, sound, false, true), 1 / TEMPERATURE)); // [B, B], of each image with each sound
    const among = (axis: 0 | 1) => mean(log(sum(likelihoods, axis)));
    const own = mul(mean(sum(mul(image, sound), 1)), 1 / TEMPERATURE);
    return sub<Scalar>(mul(add(among(0), among(1)), 0.5), own);
  });
}

/** Rows of length 1. */
function ofUnitLength(features: Tensor2D): Tensor2D {
  return mul(features, rsqrt(add(sum(square(features), 1, true), EPSILON)));
}
