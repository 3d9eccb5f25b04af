import { getBackend, getKernel, onesLike, serialization, tidy, zerosLike } from '@tensorflow/tfjs-core';
import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import { batchNormActivation } from './batch-norm-activation';
import { FUSED_KERNELS } from './fused-kernels';
import { moveAverages } from './move-averages';

/** A weight of a layer. */
interface LayerVariable {
  read(): Tensor;
}

/** What is used of TensorFlow.js' BatchNormalization layer; `gamma` and `beta` are left out by `scale: false` and `center: false`. */
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
 * From here on `layers.batchNormalization` trains by one kernel forward and one backward, where the current backend has them: over the last
 * axis, on float32. Layers are found where tfjs-layers registers its classes; without it, there is nothing to do.
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

/** The layer with the batch's statistics, towards which it moves its own. */
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
