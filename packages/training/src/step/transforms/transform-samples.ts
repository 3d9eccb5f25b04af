import { add, customGrad, gather, matMul, mean, mul, reshape, sub, tidy } from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';

/**
 * One random transform for each sample of a batch [B, H, W, C]: y = fill + mask · (shift(colours(x) + added) - fill). All of it is linear in x
 * but for constants, so that the gradient is the adjoint: the mask, the shift back, and the same colours, which are symmetric.
 */
export type Transform = {
  /** int32 [B, blocks]: the block of the sample that comes to each place, in a cyclic shift. */
  from: Tensor2D;
  /** int32 [B, blocks]: the same of the shift back. */
  back: Tensor2D;
  /** [B, H, R]. The mask, 1 where the sample is left and 0 where it is filled, is the product of rows and columns. */
  rows: Tensor3D;
  /** [B, R, W · C], the same for all channels of a column. */
  columns: Tensor3D;
  /** [B, 1, 1, 1]. */
  added: Tensor4D;
  /** Left out: colours stay as they are. */
  colours?: Colours;
};

/** y = x · pixel + picture · (mean of the picture). */
type Colours = {
  /** [B, C, C], symmetric. */
  pixel: Tensor3D;
  /** [B, 1, 1, 1]. */
  picture: Tensor4D;
};

/** A batch with each sample transformed, or the batch itself without a transform. Differentiable. @param fill the value where nothing is left */
export function transformSamples(samples: Tensor4D, transform: Transform | undefined, fill: number): Tensor4D {
  if (transform === undefined) return samples;
  const { from, back, added, colours } = transform;
  const operation = customGrad((x) => {
    const coloured = recoloured(x as Tensor4D, colours, sub<Tensor4D>(added, fill));
    const value = mul<Tensor4D>(moved(coloured, from), maskOf(transform, samples.shape));
    const gradFunc = (dy: Tensor): Tensor =>
      tidy(() => recoloured(moved(mul(dy as Tensor4D, maskOf(transform, samples.shape)), back), colours));
    return { value: fill === 0 ? value : add<Tensor4D>(value, fill), gradFunc };
  });
  return operation(samples) as Tensor4D;
}

/** [B, H, W, C]: without broadcasting over the channels, which takes three times as long on the wasm backend. */
function maskOf({ rows, columns }: Transform, shape: Tensor4D['shape']): Tensor4D {
  return reshape(matMul(rows, columns), shape);
}

function moved(samples: Tensor4D, from: Tensor2D): Tensor4D {
  const blocks: Tensor3D = reshape(samples, [...from.shape, -1]);
  return reshape(gather(blocks, from, 1, 1), samples.shape);
}

/** @param added [B, 1, 1, 1]; left out: 0 */
function recoloured(samples: Tensor4D, colours: Colours | undefined, added?: Tensor4D): Tensor4D {
  if (colours === undefined) return added === undefined ? samples : add(samples, added);
  const [batch, , , channels] = samples.shape;
  const pixels: Tensor3D = reshape(samples, [batch, -1, channels]); // [B, H · W, C]
  const mixed: Tensor3D = matMul(pixels, colours.pixel);
  const shared: Tensor4D = mul(mean(samples, [1, 2, 3], true), colours.picture); // [B, 1, 1, 1]
  return add(reshape(mixed, samples.shape), added === undefined ? shared : add<Tensor4D>(shared, added));
}
