import { constraints, layers, regularizers } from '@tensorflow/tfjs-layers';
import type { layers as layerTypes } from '@tensorflow/tfjs-layers';

type Layer = InstanceType<typeof layerTypes.Layer>;

/** One layer, or a few, between a dense layer and a classifier of three classes. */
export interface LayerCase {
  /** Shape of one input, without the batch. */
  shape: number[];
  make(): Layer[];
  /** Two branches that a merging layer joins. */
  merges?: boolean;
  /** Inputs are integers below this, straight to the layer. */
  vocabulary?: number;
  loss?: string;
  /** Examples of a step; default 4. */
  batch?: number;
  /** Each pass draws new random numbers, different on each backend. */
  isRandom?: boolean;
}

const picture = [8, 8, 3];
const sequence = [6, 4];
const volume = [4, 6, 6, 2];
const flat = [10];

const one = (shape: number[], make: () => unknown, more: Partial<LayerCase> = {}): LayerCase => ({
  shape,
  make: () => [make()].flat() as Layer[],
  ...more,
});

type ConvolutionOptions = Partial<Parameters<typeof layers.conv2d>[0]>;
const conv = (options: ConvolutionOptions, shape = picture): LayerCase =>
  one(shape, () => layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', ...options }));

/** The default, orthogonal, needs the chained operations of tfjs-core, which applications get from `@tensorflow/tfjs`. */
const recurrentInitializer = 'glorotUniform';

const named = <Name extends string>(
  prefix: string,
  names: readonly Name[],
  make: (name: Name) => LayerCase,
): Record<string, LayerCase> => Object.fromEntries(names.map((name) => [`${prefix} ${name}`, make(name)]));

const CONVOLUTION_ACTIVATIONS = [
  ...(['linear', 'relu', 'relu6', 'elu', 'selu', 'tanh', 'sigmoid', 'hardSigmoid'] as const),
  ...(['softplus', 'softsign', 'softmax', 'swish', 'mish', 'gelu', 'gelu_new'] as const),
];
const ACTIVATIONS = [
  ...(['elu', 'selu', 'relu6', 'tanh', 'sigmoid', 'hardSigmoid', 'softplus'] as const),
  ...(['softsign', 'softmax', 'logSoftmax', 'swish', 'mish', 'gelu', 'gelu_new'] as const),
];
const MERGES = ['add', 'average', 'maximum', 'minimum', 'multiply', 'concatenate', 'dot'] as const;
const LOSSES = [
  ...(['meanSquaredError', 'meanAbsoluteError', 'binaryCrossentropy', 'sparseCategoricalCrossentropy'] as const),
  ...(['cosineProximity', 'hinge', 'categoricalHinge', 'logcosh', 'kullbackLeiblerDivergence', 'poisson'] as const),
  ...(['meanSquaredLogarithmicError', 'meanAbsolutePercentageError', 'squaredHinge'] as const),
];

const DENSE: Record<string, LayerCase> = {
  dense: one(flat, () => layers.dense({ units: 6 })),
  'dense, relu': one(flat, () => layers.dense({ units: 6, activation: 'relu' })),
  'dense without bias': one(flat, () => layers.dense({ units: 6, useBias: false })),
  'dense on a sequence': one(sequence, () => layers.dense({ units: 6 })),
};

const CONVOLUTIONS: Record<string, LayerCase> = {
  conv1d: one(sequence, () => layers.conv1d({ filters: 4, kernelSize: 3 })),
  'conv1d, relu': one(sequence, () => layers.conv1d({ filters: 4, kernelSize: 3, activation: 'relu' })),
  'conv1d, dilated': one(sequence, () => layers.conv1d({ filters: 4, kernelSize: 3, dilationRate: 2 })),
  ...named('conv2d,', CONVOLUTION_ACTIVATIONS, (activation) => conv({ activation })),
  'conv2d without bias': conv({ useBias: false }),
  'conv2d, stride 2': conv({ strides: 2 }),
  'conv2d, valid': conv({ padding: 'valid' }),
  'conv2d, 1×1': conv({ kernelSize: 1 }),
  'conv2d, 1×1, stride 2': conv({ kernelSize: 1, strides: 2 }),
  'conv2d, 5×5, stride 2': conv({ kernelSize: 5, strides: 2, filters: 32 }, [16, 16, 3]),
  'conv2d, dilated': conv({ dilationRate: 2 }),
  'conv2d, dilated, relu': conv({ dilationRate: 2, activation: 'relu' }),
  'conv2d, channels first': conv({ dataFormat: 'channelsFirst' }, [3, 8, 8]),
  'conv2d, l2 regularizer': conv({ kernelRegularizer: regularizers.l2({ l2: 0.01 }) }),
  'conv2d, maxNorm constraint': conv({ kernelConstraint: constraints.maxNorm({ maxValue: 1, axis: 0 }) }),
  conv2dTranspose: one(picture, () => layers.conv2dTranspose({ filters: 4, kernelSize: 3, padding: 'same' })),
  'conv2dTranspose, stride 2': one(picture, () =>
    layers.conv2dTranspose({ filters: 4, kernelSize: 4, strides: 2, padding: 'same', activation: 'relu' }),
  ),
  separableConv2d: one(picture, () => layers.separableConv2d({ filters: 4, kernelSize: 3, depthMultiplier: 2 })),
  depthwiseConv2d: one(picture, () => layers.depthwiseConv2d({ kernelSize: 3 })),
  'depthwiseConv2d, relu, stride 2': one(picture, () =>
    layers.depthwiseConv2d({ kernelSize: 3, strides: 2, activation: 'relu' }),
  ),
  'depthwiseConv2d, dilated': one(picture, () => layers.depthwiseConv2d({ kernelSize: 3, dilationRate: 2 })),
  conv3d: one(volume, () => layers.conv3d({ filters: 3, kernelSize: 3 })),
  'conv3d, stride 2': one(volume, () =>
    layers.conv3d({ filters: 3, kernelSize: [2, 3, 2], strides: [2, 1, 2], padding: 'same' }),
  ),
  conv3dTranspose: one(volume, () => layers.conv3dTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: 'same' })),
  'timeDistributed conv2d': one([3, 6, 6, 2], () =>
    layers.timeDistributed({ layer: layers.conv2d({ filters: 3, kernelSize: 3 }) }),
  ),
  'convolutions, pool and normalisation': one([12, 12, 3], () => [
    layers.conv2d({ filters: 8, kernelSize: 3, activation: 'relu' }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.batchNormalization({}),
    layers.conv2d({ filters: 8, kernelSize: 3, activation: 'relu' }),
  ]),
};

const POOLS: Record<string, LayerCase> = {
  maxPooling1d: one(sequence, () => layers.maxPooling1d({ poolSize: 2 })),
  averagePooling1d: one(sequence, () => layers.averagePooling1d({ poolSize: 2 })),
  maxPooling2d: one(picture, () => layers.maxPooling2d({ poolSize: 2 })),
  'maxPooling2d with overlaps': one(picture, () => layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' })),
  averagePooling2d: one(picture, () => layers.averagePooling2d({ poolSize: 2 })),
  maxPooling3d: one(volume, () => layers.maxPooling3d({ poolSize: 2 })),
  averagePooling3d: one(volume, () => layers.averagePooling3d({ poolSize: 2 })),
  globalAveragePooling1d: one(sequence, () => layers.globalAveragePooling1d({})),
  globalMaxPooling1d: one(sequence, () => layers.globalMaxPooling1d({})),
  globalAveragePooling2d: one(picture, () => layers.globalAveragePooling2d({})),
  globalMaxPooling2d: one(picture, () => layers.globalMaxPooling2d({})),
};

const NORMALISATION: Record<string, LayerCase> = {
  batchNormalization: one(picture, () => layers.batchNormalization({})),
  'batchNormalization of vectors': one(flat, () => layers.batchNormalization({})),
  layerNormalization: one(flat, () => layers.layerNormalization({})),
  'layerNormalization of pictures': one(picture, () => layers.layerNormalization({})),
  dropout: one(flat, () => layers.dropout({ rate: 0.4, seed: 3 })),
  spatialDropout1d: one(sequence, () => layers.spatialDropout1d({ rate: 0.4, seed: 3 })),
  gaussianNoise: one(flat, () => layers.gaussianNoise({ stddev: 0.1 }), { isRandom: true }),
  gaussianDropout: one(flat, () => layers.gaussianDropout({ rate: 0.1 }), { isRandom: true }),
  alphaDropout: one(flat, () => layers.alphaDropout({ rate: 0.1 }), { isRandom: true }),
};

const SHAPES: Record<string, LayerCase> = {
  'upSampling2d, bilinear': one(picture, () => layers.upSampling2d({ size: [2, 2], interpolation: 'bilinear' })),
  // one picture per batch: with more, the cpu backend computes only the first one's gradient (ours is checked by finite differences)
  'upSampling2d, nearest': one(picture, () => layers.upSampling2d({ size: [2, 2] }), { batch: 1 }),
  zeroPadding2d: one(picture, () => layers.zeroPadding2d({})),
  cropping2D: one(picture, () => layers.cropping2D({ cropping: [[1, 1], [1, 1]] })), // prettier-ignore
  rescaling: one(picture, () => layers.rescaling({ scale: 0.5, offset: 0.1 })),
  permute: one(sequence, () => layers.permute({ dims: [2, 1] })),
  repeatVector: one(flat, () => layers.repeatVector({ n: 3 })),
  reshape: one(sequence, () => layers.reshape({ targetShape: [4, 6] })),
};

const SEQUENCES: Record<string, LayerCase> = {
  embedding: one([6], () => layers.embedding({ inputDim: 12, outputDim: 4 }), { vocabulary: 12 }),
  'embedding with a mask, lstm': one(
    [6],
    () => [layers.embedding({ inputDim: 12, outputDim: 4, maskZero: true }), layers.lstm({ units: 5, recurrentInitializer })],
    { vocabulary: 12 },
  ),
  lstm: one(sequence, () => layers.lstm({ units: 5, recurrentInitializer })),
  'lstm that returns sequences': one(sequence, () => layers.lstm({ units: 5, returnSequences: true, recurrentInitializer })),
  'lstm, relu in its gates': one(sequence, () => layers.lstm({ units: 5, recurrentActivation: 'relu', recurrentInitializer })),
  gru: one(sequence, () => layers.gru({ units: 5, recurrentInitializer })),
  simpleRNN: one(sequence, () => layers.simpleRNN({ units: 5, recurrentInitializer })),
  bidirectional: one(sequence, () =>
    layers.bidirectional({ layer: layers.lstm({ units: 5, recurrentInitializer }) as never, mergeMode: 'concat' }),
  ),
  'lstm with dropout': one(sequence, () => layers.lstm({ units: 5, recurrentDropout: 0.3, dropout: 0.2, recurrentInitializer }), {
    isRandom: true,
  }),
  convLstm2d: one([3, 6, 6, 2], () => layers.convLstm2d({ filters: 3, kernelSize: 3, recurrentInitializer })),
  'masking, lstm': one(sequence, () => [layers.masking({}), layers.lstm({ units: 4, recurrentInitializer })]),
  timeDistributed: one(sequence, () => layers.timeDistributed({ layer: layers.dense({ units: 5 }) })),
};

const ACTIVATION_LAYERS: Record<string, LayerCase> = {
  softmax: one(flat, () => layers.softmax({})),
  elu: one(picture, () => layers.elu({})),
  prelu: one(picture, () => layers.prelu({})),
  'prelu of vectors': one(flat, () => layers.prelu({})),
  leakyReLU: one(picture, () => layers.leakyReLU({ alpha: 0.2 })),
  thresholdedReLU: one(picture, () => layers.thresholdedReLU({ theta: 0.2 })),
  reLU: one(picture, () => layers.reLU({})),
  ...named('activation', ACTIVATIONS, (activation) => one(flat, () => layers.activation({ activation: activation as 'relu' }))),
};

const OTHERS: Record<string, LayerCase> = {
  ...named('merge', MERGES, (merge) =>
    one(flat, () => (merge === 'dot' ? layers.dot({ axes: -1 }) : layers[merge]()), { merges: true }),
  ),
  ...named('loss', LOSSES, (loss) => one(flat, () => layers.dense({ units: 6, activation: 'tanh' }), { loss })),
};

/** Layers of tfjs-layers that the cpu backend trains, in their variants, and with each loss. */
export const LAYERS: Record<string, LayerCase> = {
  ...{ ...DENSE, ...CONVOLUTIONS, ...POOLS, ...NORMALISATION },
  ...{ ...SHAPES, ...SEQUENCES, ...ACTIVATION_LAYERS, ...OTHERS },
};
