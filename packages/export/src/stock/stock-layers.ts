import {
  BATCH_NORM_EPSILON,
  KERNEL_SIZE,
  LEAKY_SLOPE,
  STRIDE,
  type Block,
  type ConvolutionBlock,
  type DenseBlock,
  type JoinLatent,
  type Replicate,
  type Role,
  type TransposedConvolutionBlock,
} from '@cmcgan/model';
import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { averagesOf, normalisationOf, weightOf } from '../block-weights';
import type { LayerCall, Target } from '../convert-network';

type Call = LayerCall<SymbolicTensor>;

/** A layer with weights, and the tensors to give it once it is built. */
interface Weighted {
  readonly block: Block;
  readonly layer: layers.Layer;
  readonly weights: readonly string[];
}

/** A stock layer that is created once for each name, so that networks which a path passes twice keep one set of weights. */
type Once = (name: string, make: (named: { name: string }) => layers.Layer) => layers.Layer;

/** Converts layers to stock ones of TensorFlow.js. */
export function stockTarget(): Target<SymbolicTensor> {
  const made = new Map<string, layers.Layer>();
  const once: Once = (name, make) => {
    const found = made.get(name) ?? make({ name });
    made.set(name, found);
    return found;
  };
  return {
    layers: {
      CmcganConvolutionBlock: (call) => convolution(once, call),
      CmcganTransposedConvolutionBlock: (call) => transposedConvolution(once, call),
      CmcganDenseBlock: (call) => dense(once, call),
      CmcganJoinLatent: (call) => joinLatent(once, call),
      CmcganJoinSpectrum: ({ layer: { name }, inputs: [image, sound] }) => {
        const spectrum = spread(once, sound, [1, image.shape[2]! / sound.shape[2]!], `${name}.spectrum`);
        return concatenate(once, [image, spectrum], name);
      },
      CmcganReplicate: ({ layer, inputs: [x] }) => {
        const shape = [1, 1, x.shape[1]!];
        const cell = apply(
          once(`${layer.name}.cell`, (named) => layers.reshape({ ...named, targetShape: shape })),
          x,
        );
        return spread(once, cell, (layer as Replicate).settings.mapSize, layer.name);
      },
      Flatten: ({ layer, inputs: [x] }) => flatten(once, x, layer.name),
      Concatenate: ({ layer, inputs }) => concatenate(once, inputs, layer.name),
    },
    flatten: (x) => flatten(once, x, `${x.sourceLayer.name}.flat`),
  };
}

const apply = (layer: layers.Layer, inputs: SymbolicTensor | SymbolicTensor[]) => layer.apply(inputs) as SymbolicTensor;

/** Applies a layer, then gives it its weights. */
function applyWeighted({ block, layer, weights }: Weighted, x: SymbolicTensor): SymbolicTensor {
  const wasBuilt = layer.built;
  const result = apply(layer, x);
  if (wasBuilt)
    layer.dispose(); // only undoes that TensorFlow.js counts each call: a model counts down once for all calls of a layer
  else layer.setWeights(weights.map((name) => weightOf(block, name)));
  return result;
}

const flatten = (once: Once, x: SymbolicTensor, name: string) =>
  apply(
    once(name, (named) => layers.flatten(named)),
    x,
  );

const concatenate = (once: Once, inputs: readonly SymbolicTensor[], name: string) =>
  apply(
    once(name, (named) => layers.concatenate({ ...named, axis: -1 })),
    [...inputs],
  );

/** Repeats each position of a map. */
function spread(once: Once, x: SymbolicTensor, [height, width]: readonly number[], name: string): SymbolicTensor {
  if (height * width === 1) return x;
  return apply(
    once(name, (named) => layers.upSampling2d({ ...named, size: [height, width] })),
    x,
  );
}

const hasBias = ({ settings: { normalisation } }: Block) => normalisation === 'none';
const productWeights = (block: Block, product: string) => [product, ...(hasBias(block) ? ['bias'] : [])];

/** Values that the weights replace. */
const ZEROS = { kernelInitializer: 'zeros' } as const;

function convolution(once: Once, { layer: block, inputs: [x], role }: Call): SymbolicTensor {
  const { name, settings } = block as ConvolutionBlock;
  const shape = { kernelSize: KERNEL_SIZE, strides: STRIDE, padding: 'same' } as const;
  const make = () => layers.conv2d({ name, filters: settings.filters, ...shape, ...ZEROS, useBias: hasBias(block as Block) });
  return withEnding(once, { block: block as Block, x, role, weight: 'filter', layer: once(name, make) });
}

function transposedConvolution(once: Once, { layer, inputs: [x], role }: Call): SymbolicTensor {
  const block = layer as TransposedConvolutionBlock;
  const { name, settings } = block;
  const [, height, width] = x.shape;
  const strides = [settings.outputSize[0] / height!, settings.outputSize[1] / width!] as [number, number]; // 2, or 1 for a size that stays
  const shape = { kernelSize: KERNEL_SIZE, strides, padding: 'same' } as const;
  const make = () => layers.conv2dTranspose({ name, filters: settings.filters, ...shape, ...ZEROS, useBias: hasBias(block) });
  return withEnding(once, { block, x, role, weight: 'filter', layer: once(name, make) });
}

interface Product {
  readonly block: Block;
  readonly x: SymbolicTensor;
  readonly role: Role | undefined;
  readonly layer: layers.Layer;
  /** Name of the block's weight that the input is multiplied by. */
  readonly weight: string;
}

/** A product, then batch normalisation by the role's moving averages if the block has any, then the activation. */
function withEnding(once: Once, { block, x, role, layer, weight }: Product): SymbolicTensor {
  return activate(
    once,
    block,
    normalise(once, block, applyWeighted({ block, layer, weights: productWeights(block, weight) }, x), role),
  );
}

function normalise(once: Once, block: Block, x: SymbolicTensor, role: Role | undefined): SymbolicTensor {
  if (hasBias(block)) return x;
  const name = `${block.name}.normalisation${averagesOf(block, role)}`;
  const layer = once(name, (named) => layers.batchNormalization({ ...named, axis: -1, epsilon: BATCH_NORM_EPSILON }));
  return applyWeighted({ block, layer, weights: normalisationOf(block, role) }, x);
}

function activate(once: Once, { name: blockName, settings: { activation } }: Block, x: SymbolicTensor): SymbolicTensor {
  if (activation === 'linear') return x;
  const make = (named: { name: string }) =>
    activation === 'leakyRelu' ? layers.leakyReLU({ ...named, alpha: LEAKY_SLOPE }) : layers.activation({ ...named, activation });
  return apply(once(`${blockName}.${activation}`, make), x);
}

function dense(once: Once, { layer, inputs: [x], role }: Call): SymbolicTensor {
  const block = layer as DenseBlock;
  const { units, mapSize } = block.settings;
  const { name } = block;
  const [height, width] = mapSize ?? [1, 1];
  if (mapSize !== undefined && hasBias(block)) {
    throw new Error(`export: layer ${name} must have batch normalisation after a map, got a bias`);
  }
  const make = () => layers.dense({ name, units: height * width * units, ...ZEROS, useBias: hasBias(block) });
  const weights = productWeights(block, 'weight');
  const product = applyWeighted({ block, layer: once(name, make), weights }, x);
  if (mapSize === undefined) return activate(once, block, normalise(once, block, product, role));
  const targetShape = [height, width, units];
  const map = apply(
    once(`${name}.map`, (named) => layers.reshape({ ...named, targetShape })),
    product,
  );
  return activate(once, block, normalise(once, block, map, role));
}

function joinLatent(once: Once, { layer, inputs: [code, latent] }: Call): SymbolicTensor {
  const { width } = (layer as JoinLatent).settings;
  const fitted = fitWidth(once, code, width, `${layer.name}.code`);
  if (latent === undefined) return fitted;
  const [, height] = fitted.shape;
  return concatenate(once, [fitted, spread(once, latent, [height!, width], `${layer.name}.latent`)], layer.name);
}

/** A code averaged over its columns to one, or repeated to `width` of them. */
function fitWidth(once: Once, code: SymbolicTensor, width: number, name: string): SymbolicTensor {
  const codeWidth = code.shape[2]!;
  if (codeWidth === width) return code;
  if (width > 1) return spread(once, code, [1, width], name);
  const size: [number, number] = [1, codeWidth];
  return apply(
    once(`${name}.mean`, (named) => layers.averagePooling2d({ ...named, poolSize: size, strides: size, padding: 'valid' })),
    code,
  );
}
