import { conv3d, engine, getGradient, registerGradient, zeros } from '@tensorflow/tfjs-core';
import type { GradConfig, NamedAttrMap, Tensor, Tensor5D } from '@tensorflow/tfjs-core';

/** Comparisons and logic: steps, whose gradient is 0 wherever they have one. */
const STEPS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['Equal', 'NotEqual', 'Greater', 'GreaterEqual', 'Less', 'LessEqual', 'LogicalAnd', 'LogicalOr'].map((name) => [
      name,
      ['a', 'b'],
    ]),
  ),
  ...Object.fromEntries(
    ['LogicalNot', 'All', 'Any', 'ArgMax', 'ArgMin', 'IsNan', 'IsInf', 'IsFinite'].map((name) => [name, ['x']]),
  ),
};

const stepGradient = (kernelName: string, inputs: readonly string[]): GradConfig => ({
  kernelName,
  inputsToSave: [...inputs],
  gradFunc: (_, saved) => Object.fromEntries(inputs.map((input, i) => [input, () => zeros(saved[i].shape)])),
});

/** The gradient of `conv3dTranspose`, which is itself the gradient of `conv3d` at its input. */
const transposed3D: GradConfig = {
  kernelName: 'Conv3DBackpropInputV2',
  inputsToSave: ['dy', 'filter'],
  gradFunc(dyAny, [x, filter], attrs) {
    const dy = dyAny as Tensor5D;
    const { strides, pad } = attrs as unknown as { strides: number | [number, number, number]; pad: 'same' | 'valid' };
    const filterGradient = (): Tensor =>
      engine().runKernel('Conv3DBackpropFilterV2', { x: dy, dy: x }, {
        ...{ strides, pad, filterShape: filter.shape },
      } as unknown as NamedAttrMap);
    return { dy: () => conv3d(dy, filter as Tensor5D, strides, pad), filter: filterGradient };
  },
};

/**
 * Adds gradients that TensorFlow.js lacks on every backend: of comparisons and logic (`thresholdedReLU`, `masking`), which are 0, and of
 * `conv3dTranspose`.
 */
export function addGradients(): void {
  const added = [...Object.entries(STEPS).map(([name, inputs]) => stepGradient(name, inputs)), transposed3D];
  for (const config of added) if (!getGradient(config.kernelName)) registerGradient(config);
}
