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
import { normalisationOf, weightOf } from '../block-weights';
import type { LayerCall, Target } from '../convert-network';
import type { OnnxGraph, OnnxNode, OnnxValue } from './onnx-graph';

type Call = LayerCall<OnnxValue>;

/** Axes of a filter [height, width, …] in ONNX' order: [outputs, inputs, height, width], transposed [inputs, outputs, height, width]. */
const FILTER_ORDER = [3, 2, 0, 1] as const;

/** Converts layers to nodes of `graph`. Maps are [B, C, H, W] between convolutions, and weights that two roles share are stored once. */
export function onnxTarget(graph: OnnxGraph): Target<OnnxValue> {
  return {
    layers: {
      CmcganConvolutionBlock: (call) => convolution(graph, call),
      CmcganTransposedConvolutionBlock: (call) => transposedConvolution(graph, call),
      CmcganDenseBlock: (call) => dense(graph, call),
      CmcganJoinLatent: (call) => joinLatent(graph, call),
      CmcganJoinSpectrum: (call) => joinSpectrum(graph, call),
      CmcganReplicate: (call) => replicate(graph, call),
      Flatten: ({ inputs: [x], layer }) => flatten(graph, x, layer.name),
      Concatenate: ({ inputs, layer }) => concatenate(graph, inputs, layer.name),
    },
    flatten: (value) => flatten(graph, value, `${value.name}.flat`),
  };
}

/** 'same' padding of a convolution over `size` values: the zeros before and after them. */
function samePadding(size: number): [before: number, after: number] {
  const total = Math.max((Math.ceil(size / STRIDE) - 1) * STRIDE + KERNEL_SIZE - size, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** Kernel, strides and padding of a convolution over a map, or of the transposed one that makes such a map. */
function convolutionAttributes(height: number, width: number) {
  const [[top, bottom], [left, right]] = [samePadding(height), samePadding(width)];
  const pads = [top, left, bottom, right];
  return { kernel_shape: [KERNEL_SIZE, KERNEL_SIZE], strides: [STRIDE, STRIDE], pads };
}

function convolution(graph: OnnxGraph, { layer, inputs: [x], role }: Call): OnnxValue {
  const [height, width] = x.shape;
  const shape = [Math.ceil(height / STRIDE), Math.ceil(width / STRIDE), (layer as ConvolutionBlock).settings.filters];
  const node = { type: 'Conv', attributes: convolutionAttributes(height, width) };
  return convolve(graph, { block: layer as ConvolutionBlock, x, role, shape, node });
}

function transposedConvolution(graph: OnnxGraph, { layer, inputs: [x], role }: Call): OnnxValue {
  const block = layer as TransposedConvolutionBlock;
  const [height, width] = block.settings.outputSize;
  const node = { type: 'ConvTranspose', attributes: convolutionAttributes(height, width) };
  return convolve(graph, { block, x, role, shape: [height, width, block.settings.filters], node });
}

interface Convolution {
  readonly block: Block;
  readonly x: OnnxValue;
  readonly role: Role | undefined;
  readonly shape: readonly number[];
  readonly node: Pick<OnnxNode, 'type' | 'attributes'>;
}

function convolve(graph: OnnxGraph, { block, x, role, shape, node }: Convolution): OnnxValue {
  const filter = graph.addWeight(`${block.name}.filter`, weightOf(block, 'filter'), FILTER_ORDER);
  const bias = block.settings.normalisation === 'none' ? [weightNode(graph, block, 'bias')] : [];
  const name = graph.addNode({ ...node, name: block.name, inputs: [channelsFirst(graph, x).name, filter, ...bias] });
  const product: OnnxValue = { name, shape, layout: 'channelsFirst' };
  return activate(graph, block, normalise(graph, block, product, role));
}

const weightNode = (graph: OnnxGraph, block: Block, name: string) =>
  graph.addWeight(`${block.name}.${name}`, weightOf(block, name));

/** Batch normalisation by the moving averages of a role, if the block has any. */
function normalise(graph: OnnxGraph, block: Block, value: OnnxValue, role: Role | undefined): OnnxValue {
  if (block.settings.normalisation === 'none') return value;
  const x = channelsFirst(graph, value);
  const weights = normalisationOf(block, role).map((name) => weightNode(graph, block, name));
  const attributes = { epsilon: { float: BATCH_NORM_EPSILON } };
  const node = { type: 'BatchNormalization', name: `${block.name}.normalisation`, inputs: [x.name, ...weights], attributes };
  return { ...x, name: graph.addNode(node) };
}

const ACTIVATIONS = {
  relu: { type: 'Relu' },
  leakyRelu: { type: 'LeakyRelu', attributes: { alpha: { float: LEAKY_SLOPE } } },
  tanh: { type: 'Tanh' },
} as const;

function activate(graph: OnnxGraph, { name, settings: { activation } }: Block, x: OnnxValue): OnnxValue {
  if (activation === 'linear') return x;
  return { ...x, name: graph.addNode({ ...ACTIVATIONS[activation], name: `${name}.${activation}`, inputs: [x.name] }) };
}

function dense(graph: OnnxGraph, { layer, inputs: [given], role }: Call): OnnxValue {
  const block = layer as DenseBlock;
  const { units, mapSize, normalisation } = block.settings;
  const x = channelsLast(graph, given);
  const weight = weightNode(graph, block, 'weight');
  const product = graph.addNode({ type: 'MatMul', name: block.name, inputs: [x.name, weight] });
  const shape = mapSize === undefined ? [...x.shape.slice(0, -1), units] : [...mapSize, units];
  const map = mapSize === undefined ? product : reshape(graph, product, [-1, ...shape], `${block.name}.map`);
  const name =
    normalisation === 'batch'
      ? map
      : graph.addNode({ type: 'Add', name: `${block.name}.sum`, inputs: [map, weightNode(graph, block, 'bias')] });
  return activate(graph, block, normalise(graph, block, { name, shape, layout: 'channelsLast' }, role));
}

function joinLatent(graph: OnnxGraph, { layer, inputs: [code, latent] }: Call): OnnxValue {
  const { width } = (layer as JoinLatent).settings;
  const { name } = layer;
  const fitted = fitWidth(graph, channelsFirst(graph, code), width, name);
  if (latent === undefined) return fitted;
  const [height, , channels] = fitted.shape;
  const size = latent.shape[2];
  const z = channelsFirst(graph, latent);
  const spread = height * width === 1 ? z.name : expand(graph, z.name, [1, size, height, width], `${name}.latent`);
  const joined = graph.addNode({ type: 'Concat', name, inputs: [fitted.name, spread], attributes: { axis: 1 } });
  return { name: joined, shape: [height, width, channels + size], layout: 'channelsFirst' };
}

/** A code averaged over its columns to one, or repeated to `width` of them. */
function fitWidth(graph: OnnxGraph, code: OnnxValue, width: number, layerName: string): OnnxValue {
  const [height, codeWidth, channels] = code.shape;
  if (codeWidth === width) return code;
  const name = `${layerName}.code`;
  const fitted =
    width === 1
      ? graph.addNode({ type: 'ReduceMean', name, inputs: [code.name], attributes: { axes: [3], keepdims: 1 } })
      : expand(graph, code.name, [1, channels, height, width], name);
  return { ...code, name: fitted, shape: [height, width, channels] };
}

function joinSpectrum(graph: OnnxGraph, { layer: { name }, inputs: [image, sound] }: Call): OnnxValue {
  const [height, width, channels] = image.shape;
  const [, frames] = sound.shape;
  const cells = reshape(graph, channelsFirst(graph, sound).name, [-1, 1, height, frames, 1], `${name}.frames`);
  const wide = expand(graph, cells, [1, 1, height, frames, width / frames], `${name}.wide`);
  const spectrum = reshape(graph, wide, [-1, 1, height, width], `${name}.spectrum`);
  const inputs = [channelsFirst(graph, image).name, spectrum];
  const joined = graph.addNode({ type: 'Concat', name, inputs, attributes: { axis: 1 } });
  return { name: joined, shape: [height, width, channels + 1], layout: 'channelsFirst' };
}

function replicate(graph: OnnxGraph, { layer, inputs: [x] }: Call): OnnxValue {
  const { mapSize } = (layer as Replicate).settings;
  const [channels] = x.shape;
  const cell = reshape(graph, x.name, [-1, channels, 1, 1], `${layer.name}.cell`);
  const name = expand(graph, cell, [1, channels, ...mapSize], layer.name);
  return { name, shape: [...mapSize, channels], layout: 'channelsFirst' };
}

function concatenate(graph: OnnxGraph, inputs: readonly OnnxValue[], name: string): OnnxValue {
  const values = inputs.map((input) => channelsLast(graph, input));
  const [{ shape }] = values;
  const channels = values.reduce((sum, value) => sum + value.shape[shape.length - 1], 0);
  const attributes = { axis: shape.length };
  const joined = graph.addNode({ type: 'Concat', name, inputs: values.map((value) => value.name), attributes });
  return { name: joined, shape: [...shape.slice(0, -1), channels], layout: 'channelsLast' };
}

function flatten(graph: OnnxGraph, value: OnnxValue, name: string): OnnxValue {
  const size = value.shape.reduce((product, length) => product * length, 1);
  return { name: reshape(graph, channelsLast(graph, value).name, [-1, size], name), shape: [size], layout: 'channelsLast' };
}

function reshape(graph: OnnxGraph, input: string, shape: readonly number[], name: string): string {
  return graph.addNode({ type: 'Reshape', name, inputs: [input, graph.addNumbers(`${name}.shape`, shape)] });
}

function expand(graph: OnnxGraph, input: string, shape: readonly number[], name: string): string {
  return graph.addNode({ type: 'Expand', name, inputs: [input, graph.addNumbers(`${name}.shape`, shape)] });
}

/** The map as [B, C, H, W]; vectors are left as they are. */
function channelsFirst(graph: OnnxGraph, value: OnnxValue): OnnxValue {
  return inLayout(graph, value, 'channelsFirst', [0, 3, 1, 2]);
}

/** The map as [B, H, W, C]; vectors are left as they are. */
function channelsLast(graph: OnnxGraph, value: OnnxValue): OnnxValue {
  return inLayout(graph, value, 'channelsLast', [0, 2, 3, 1]);
}

function inLayout(graph: OnnxGraph, value: OnnxValue, layout: OnnxValue['layout'], perm: readonly number[]): OnnxValue {
  if (value.layout === layout || value.shape.length === 1) return value;
  const name = graph.addNode({ type: 'Transpose', name: `${value.name}.${layout}`, inputs: [value.name], attributes: { perm } });
  return { ...value, name, layout };
}
