import { getBackend, getKernel, onesLike, serialization, tidy, zerosLike } from '@tensorflow/tfjs-core';
import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import { batchNormActivation } from './batch-norm-activation';
import { FUSED_KERNELS } from './fused-kernels';
import { moveAverages } from './move-averages';

/** A weight of a layer. */
interface LayerVariable {
  read(): Tensor;
}

/** The parts of TensorFlow.js' BatchNormalization layer used here; `scale: false` has no `gamma`, `center: false` no `beta`. */
interface BatchNormLayer {
  axis: number;
  epsilon: number;
  momentum: number;
  gamma?: LayerVariable;
  beta?: LayerVariable;
  movingMean: LayerVariable;
  movingVariance: LayerVariable;
  call(inputs: Tensor | Tensor[], kwargs: { training?: boolean }): Tensor | Tensor[];
}

const changed = new WeakSet<BatchNormLayer>();

/**
 * Makes `layers.batchNormalization` train with one kernel forward and one backward, if the current backend has them, over the last axis and
 * on float32. The class is found where tfjs-layers registers it; without tfjs-layers, this does nothing.
 */
export function speedBatchNormLayersUp(): void {
  const [layerClass] = serialization.SerializationMap.getMap().classNameMap.BatchNormalization ?? [];
  const prototype = layerClass?.prototype as BatchNormLayer | undefined;
  if (!prototype || changed.has(prototype)) return;
  changed.add(prototype);
  const callStock = prototype.call;
  prototype.call = function (inputs, kwargs) {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    return kwargs.training && isCovered(this, x) ? train(this, x) : callStock.call(this, inputs, kwargs);
  };
}

function isCovered({ axis }: BatchNormLayer, x: Tensor): boolean {
  const hasKernel = getKernel(FUSED_KERNELS.batchNormActivation, getBackend()) != null;
  return hasKernel && x.dtype === 'float32' && x.rank > 1 && (axis < 0 ? axis + x.rank : axis) === x.rank - 1;
}

/** Applies the layer with the batch's statistics, and moves its own averages towards them. */
function train({ gamma, beta, movingMean, movingVariance, epsilon, momentum }: BatchNormLayer, x: Tensor): Tensor {
  return tidy(() => {
    const average = movingMean.read();
    const [scale, offset] = [gamma?.read() ?? onesLike(average), beta?.read() ?? zerosLike(average)];
    const { y, mean, variance } = batchNormActivation(x, scale, offset, { epsilon });
    const moves = [
      { average: average as Variable, values: [mean] },
      { average: movingVariance.read() as Variable, values: [variance] },
    ];
    moveAverages(moves, momentum);
    return y;
  });
}
