import { concat, reshape, tidy, tile } from '@tensorflow/tfjs-core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { Shape } from '@tensorflow/tfjs-layers';

/**
 * The paper's V-A input, "concatenated directly": each of the spectrum's 32 frames is made four pixels wide, which gives 128×128, and the
 * spectrum becomes the image's fourth channel.
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

/** {@link fuseEarly} as a layer with two inputs, images and sounds. */
export class JoinSpectrum extends layers.Layer {
  static className = 'CmcganJoinSpectrum';

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [[batch, height, width, channels]] = inputShape as Shape[];
    return [batch, height, width, channels! + 1];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [images, sounds] = inputs as Tensor4D[];
    return fuseEarly(images, sounds);
  }
}
