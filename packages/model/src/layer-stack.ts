import { dispose } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { ApplyOptions } from './apply-options';
import type { Layer } from './convolution-layer';

/** The layers one after the other; each layer's input goes as soon as its output is there, unless a tape keeps it. */
export function applyLayers(layers: readonly Layer[], input: Tensor4D, options: ApplyOptions): Tensor4D {
  return layers.reduce((x, layer) => {
    const y = layer(x, options);
    if (x !== input) dispose(x);
    return y;
  }, input);
}
