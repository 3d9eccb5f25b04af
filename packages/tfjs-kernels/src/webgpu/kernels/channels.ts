import { util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { negativeSlope } from '../../activation';
import type { BiasActivation } from '../../activation';
import { statisticsShape } from '../../statistics-shape';
import type { KernelContext } from '../context';
import { affineGradientShader, affineShader, flatWorkgroups, sliceNumbers, sumSlicesShader } from '../shaders/affine';
import type { ShaderActivation } from '../shaders/activation';
import { FACTOR_ROWS, gradientShader, gradientSumsShader, normaliseShader, statisticsShader } from '../shaders/batch-norm';
import { channelGrid, channelNumbers } from '../shaders/channel-groups';
import type { ChannelGrid } from '../shaders/channel-groups';

type Inputs = Record<string, TensorInfo>;

interface Attributes {
  activation: BiasActivation;
  alpha: number;
  epsilon?: number;
  /** Equal blocks along the first axis, each with statistics of its own. */
  groups?: number;
}

/** How the values of a layer are divided among workgroups, and the uniforms that its shaders read. */
interface Layer {
  /** Of each block. */
  grid: ChannelGrid;
  blocks: number;
  channels: number;
  uniforms: ArrayBuffer;
  workgroups: [number, number, number];
  activation: ShaderActivation;
}

function layerOf({ shape }: TensorInfo, { activation, alpha, epsilon, groups: blocks = 1 }: Attributes): Layer {
  const channels = shape[shape.length - 1];
  const rows = util.sizeFromShape(shape) / (channels * blocks);
  const grid = channelGrid(rows, channels);
  const slope = activation === 'tanh' ? 1 : negativeSlope(activation, alpha);
  return {
    grid,
    blocks,
    channels,
    uniforms: channelNumbers({ blocks, rows, channels, ...grid }, { epsilon, slope }),
    workgroups: [grid.groups, grid.tiles, blocks],
    activation: activation === 'tanh' ? 'tanh' : 'slope',
  };
}

/** [y, mean, variance]. */
export function batchNormActivation({ dispatcher }: KernelContext, { x, gamma, beta }: Inputs, attrs: Attributes): TensorInfo[] {
  const { grid, blocks, channels, uniforms, workgroups } = layerOf(x, attrs);
  const shape = statisticsShape(blocks, channels);
  const results = [dispatcher.output(x.shape), dispatcher.output(shape), dispatcher.output(shape)];
  if (grid.tiles === 1) {
    const tensors = [x, gamma, beta, ...results];
    dispatcher.run({ shader: normaliseShader(grid.group, true), tensors, uniforms, workgroups });
    return results;
  }
  const partials = dispatcher.output([blocks, grid.tiles, 2, channels]);
  dispatcher.run({ shader: statisticsShader(grid.group), tensors: [x, partials], uniforms, workgroups });
  const tensors = [x, gamma, beta, partials, ...results];
  dispatcher.run({ shader: normaliseShader(grid.group, false), tensors, uniforms, workgroups });
  dispatcher.release(partials);
  return results;
}

/** [dx, dGamma, dBeta]. */
export function batchNormActivationGradient({ dispatcher }: KernelContext, inputs: Inputs, attrs: Attributes): TensorInfo[] {
  const { x, dy, gamma, beta, mean, variance } = inputs;
  const { grid, blocks, channels, uniforms, workgroups } = layerOf(x, attrs);
  const results = [dispatcher.output(x.shape), dispatcher.output([channels]), dispatcher.output([channels])];
  const partials = dispatcher.output([blocks * (2 * grid.tiles + FACTOR_ROWS), channels]);
  const sums = [x, dy, gamma, beta, mean, variance, partials];
  dispatcher.run({ shader: gradientSumsShader(grid.group), tensors: sums, uniforms, workgroups });
  dispatcher.run({ shader: gradientShader(grid.group), tensors: [x, dy, partials, ...results], uniforms, workgroups });
  dispatcher.release(partials);
  return results;
}

/** [y]. */
export function scaleShiftActivation(
  { dispatcher }: KernelContext,
  { x, scale, shift }: Inputs,
  attrs: Attributes,
): TensorInfo[] {
  const { uniforms, activation } = layerOf(x, attrs);
  const y = dispatcher.output(x.shape);
  const workgroups = flatWorkgroups(util.sizeFromShape(x.shape));
  dispatcher.run({ shader: affineShader(activation, true), tensors: [x, scale, shift, y], uniforms, workgroups });
  return [y];
}

/** [y]. */
export function biasActivation({ dispatcher }: KernelContext, { x, bias }: Inputs, attrs: Attributes): TensorInfo[] {
  const { uniforms, activation } = layerOf(x, attrs);
  const y = dispatcher.output(x.shape);
  const workgroups = flatWorkgroups(util.sizeFromShape(x.shape));
  dispatcher.run({ shader: affineShader(activation, false), tensors: [x, bias, y], uniforms, workgroups });
  return [y];
}

/** [dx, dBias]. */
export function biasActivationGradient({ dispatcher }: KernelContext, { y, dy }: Inputs, attrs: Attributes): TensorInfo[] {
  const { grid, channels, uniforms, workgroups, activation } = layerOf(y, attrs);
  const [dx, dBias] = [dispatcher.output(y.shape), dispatcher.output([channels])];
  const shader = affineGradientShader(activation, grid.group);
  if (grid.tiles === 1) {
    dispatcher.run({ shader, tensors: [y, dy, dx, dBias], uniforms, workgroups });
    return [dx, dBias];
  }
  const partials = dispatcher.output([grid.tiles, channels]);
  dispatcher.run({ shader, tensors: [y, dy, dx, partials], uniforms, workgroups });
  const sum = sliceNumbers(grid.tiles, channels);
  dispatcher.run({ shader: sumSlicesShader(), tensors: [partials, dBias], uniforms: sum, workgroups: flatWorkgroups(channels) });
  dispatcher.release(partials);
  return [dx, dBias];
}
