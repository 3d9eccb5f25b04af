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
  /** [B, R, W]. */
  columns: Tensor3D;
  /** [B, 1, 1, 1]. */
  added: Tensor4D;
  /** Left out: colours stay as they are. */
  colours?: Colours;
};

/** y = own · x + grey · (mean of the pixel) + picture · (mean of the picture); each [B, 1, 1, 1]. */
type Colours = { own: Tensor4D; grey: Tensor4D; picture: Tensor4D };

/** A batch with each sample transformed, or the batch itself without a transform. Differentiable. @param fill the value where nothing is left */
export function transformSamples(samples: Tensor4D, transform: Transform | undefined, fill: number): Tensor4D {
  if (transform === undefined) return samples;
  const { from, back, added, colours } = transform;
  const operation = customGrad((x) => {
    const mask = maskOf(transform);
    const coloured = add<Tensor4D>(recoloured(x as Tensor4D, colours), sub(added, fill));
    const value = mul<Tensor4D>(moved(coloured, from), mask);
    const gradFunc = (dy: Tensor): Tensor => tidy(() => recoloured(moved(mul(dy as Tensor4D, maskOf(transform)), back), colours));
    return { value: fill === 0 ? value : add<Tensor4D>(value, fill), gradFunc };
  });
  return operation(samples) as Tensor4D;
}

/** [B, H, W, 1]. */
function maskOf({ rows, columns }: Transform): Tensor4D {
  const mask: Tensor3D = matMul(rows, columns);
  return reshape(mask, [...mask.shape, 1]);
}

function moved(samples: Tensor4D, from: Tensor2D): Tensor4D {
  const blocks: Tensor3D = reshape(samples, [...from.shape, -1]);
  return reshape(gather(blocks, from, 1, 1), samples.shape);
}

function recoloured(samples: Tensor4D, colours: Colours | undefined): Tensor4D {
  if (colours === undefined) return samples;
  const grey = mean<Tensor4D>(samples, 3, true); // [B, H, W, 1]
  const picture = mean<Tensor4D>(grey, [1, 2, 3], true); // [B, 1, 1, 1]
  const shared = add(mul(grey, colours.grey), mul(picture, colours.picture)); // [B, H, W, 1]
  return add(mul(samples, colours.own), shared);
}
