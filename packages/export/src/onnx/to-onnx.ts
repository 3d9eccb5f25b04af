import type { Classifier, TrainedClassifier } from '@cmcgan/classifier';
import { SAMPLE_SHAPES, otherModality, type LoadedModel, type Modality } from '@cmcgan/model';
import { chooseWay, type WayOptions } from '../choose-way';
import { convertNetwork } from '../convert-network';
import { convertWay } from '../convert-way';
import { LATENT, SAMPLES, describeClassifier, describeWay, directionOf } from '../describe-source';
import { createOnnxGraph, type OnnxGraph } from './onnx-graph';
import { onnxTarget } from './onnx-layers';
import { encodeOnnx } from './encode-onnx';

const addSample = (graph: OnnxGraph, modality: Modality) => {
  const { name, doc } = SAMPLES[modality];
  return graph.addInput(name, SAMPLE_SHAPES[modality], doc);
};

/**
 * Writes a generator as an ONNX file (opset 17) that computes what `generateSound` or `generateImage` does with moving averages and one z
 * for all decoders: inputs `image` or `sound`, and `z` if the model has a latent; output `sound` or `image`. Shapes and ranges are those of
 * the methods, channels last, of any batch size. Its metadata hold the `path`, and as JSON the `config`, `decibelRange`, `sampleRateHz` and
 * `classNames`, as far as the model knows them.
 *
 * @throws if the model has no such way, or a layer that ONNX files cannot be made of
 */
export async function generatorToOnnx(model: LoadedModel, options: WayOptions): Promise<Uint8Array> {
  const way = chooseWay(model, options, 'generatorToOnnx');
  const graph = createOnnxGraph();
  const sample = addSample(graph, way.from);
  const z = model.latentSize === 0 ? null : graph.addInput(LATENT.name, [1, 1, model.latentSize], LATENT.doc);
  const generated = convertWay(model, way, { sample, z }, onnxTarget(graph));
  const output = SAMPLES[otherModality(way.from)];
  graph.addOutput(output.name, generated, output.doc);
  return encodeOnnx(await graph.finish(directionOf(way)), describeWay(model, way));
}

/**
 * Writes a classifier as an ONNX file (opset 17): inputs `image`, `sound` or both; outputs `logits` and `probabilities` [batch, classes].
 * Its metadata hold `classNames`, `config` and, of a trained classifier, `decibelRange`, as JSON.
 *
 * @param source a classifier, as such or with its provenance, as `loadClassifier` returns it
 */
export async function classifierToOnnx(source: Classifier | TrainedClassifier): Promise<Uint8Array> {
  const { classifier, provenance } = 'classifier' in source ? source : { classifier: source };
  const { config, network } = classifier;
  const graph = createOnnxGraph();
  const inputs = [...config.modality].map((modality) => addSample(graph, modality as Modality));
  const logits = convertNetwork({ network, inputs }, onnxTarget(graph));
  const softmax = { type: 'Softmax', name: 'softmax', inputs: [logits.name], attributes: { axis: 1 } };
  const probabilities = { ...logits, name: graph.addNode(softmax) };
  const doc = '[batch, classes], in the order of classNames';
  graph.addOutput('logits', logits, doc);
  graph.addOutput('probabilities', probabilities, doc);
  return encodeOnnx(await graph.finish('classifier'), describeClassifier(config, provenance?.data.decibelRange));
}
