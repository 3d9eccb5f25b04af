import type { Classifier, TrainedClassifier } from '@cmcgan/classifier';
import { SAMPLE_SHAPES, type LoadedModel, type Modality } from '@cmcgan/model';
import { input, layers, model as layersModel, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { chooseWay, type WayOptions } from '../choose-way';
import { convertNetwork } from '../convert-network';
import { convertWay } from '../convert-way';
import { LATENT, SAMPLES, describeClassifier, describeWay, directionOf, type Metadata } from '../describe-source';
import { stockTarget } from './stock-layers';

const sampleInput = (modality: Modality) => input({ name: SAMPLES[modality].name, shape: [...SAMPLE_SHAPES[modality]] });

/** A model with metadata in what it saves. */
function describedModel(
  { name, inputs, outputs }: { name: string; inputs: SymbolicTensor[]; outputs: SymbolicTensor },
  metadata: Metadata,
): LayersModel {
  const made = layersModel({ name, inputs, outputs });
  made.setUserDefinedMetadata(metadata);
  return made;
}

/**
 * Copies a generator to a `LayersModel` of stock layers alone: [image] or [sound], with z second if the model has a latent → a sound or an
 * image, as `generateSound` and `generateImage` compute them with moving averages and one z for all decoders. What it saves,
 * `tf.loadLayersModel` reads without our packages. Its metadata are those of the ONNX files. The caller must dispose the model.
 *
 * @throws if the model has no such way, or a layer that has no stock counterpart
 */
export function generatorToStockModel(model: LoadedModel, options: WayOptions): LayersModel {
  const way = chooseWay(model, options, 'generatorToStockModel');
  const sample = sampleInput(way.from);
  const z = model.latentSize === 0 ? null : input({ name: LATENT.name, shape: [1, 1, model.latentSize] });
  const outputs = convertWay(model, way, { sample, z }, stockTarget());
  const inputs = z === null ? [sample] : [sample, z];
  return describedModel({ name: directionOf(way).replaceAll(' ', '-'), inputs, outputs }, describeWay(model, way));
}

/** Copies a classifier to a `LayersModel` of stock layers alone: [image], [sound] or both → probabilities [batch, classes]. */
export function classifierToStockModel(source: Classifier | TrainedClassifier): LayersModel {
  const { classifier, provenance } = 'classifier' in source ? source : { classifier: source };
  const { config, network } = classifier;
  const inputs = [...config.modality].map((modality) => sampleInput(modality as Modality));
  const logits = convertNetwork({ network, inputs }, stockTarget());
  const outputs = layers.softmax({ name: 'probabilities' }).apply(logits) as SymbolicTensor;
  return describedModel({ name: 'classifier', inputs, outputs }, describeClassifier(config, provenance?.data.decibelRange));
}
