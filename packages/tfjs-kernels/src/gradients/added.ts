import { conv3d, engine, getGradient, registerGradient, zeros } from '@tensorflow/tfjs-core';
import type { GradConfig, NamedAttrMap, Tensor, Tensor5D } from '@tensorflow/tfjs-core';

/** Comparisons and logic: steps, whose gradient is 0 wherever they have one. Not LogicalAnd: tfjs-core's tests expect that to throw. */
const STEPS: { ofTwo: readonly string[]; ofOne: readonly string[] } = {
  ofTwo: ['Equal', 'NotEqual', 'Greater', 'GreaterEqual', 'Less', 'LessEqual', 'LogicalOr'],
  ofOne: ['LogicalNot', 'All', 'Any', 'ArgMax', 'ArgMin', 'IsNan', 'IsInf', 'IsFinite'],
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
  const ofOne = STEPS.ofOne.map((name) => stepGradient(name, ['x']));
  const ofTwo = STEPS.ofTwo.map((name) => stepGradient(name, ['a', 'b']));
  const added = [...ofOne, ...ofTwo, transposed3D];
  for (const config of added) if (!getGradient(config.kernelName)) registerGradient(config);
}
