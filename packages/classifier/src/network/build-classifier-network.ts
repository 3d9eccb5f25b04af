import {
  DenseBlock,
  ENCODER_CHANNELS,
  SAMPLE_SHAPES,
  buildNetwork,
  convolutions,
  namedVariables,
  scaleChannels,
} from '@cmcgan/model';
import type { InitialValues, Modality } from '@cmcgan/model';
import type { Variable } from '@tensorflow/tfjs-core';
import { input, layers } from '@tensorflow/tfjs-layers';
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { ClassifierConfig } from '../config';
import { JoinSpectrum } from './join-spectrum';

/** A classifier's network as a whole and as two parts, which share the same layers. */
export interface ClassifierNetwork {
  /** Samples (for two modalities a list, the image first) → logits [B, classes]. */
  readonly whole: LayersModel;
  /** Samples → the input of the fully connected layer, [B, featureSize]. */
  readonly features: LayersModel;
  /** Features → logits. */
  readonly output: LayersModel;
  /** Variables by their stable names, in the order of their creation. */
  readonly named: ReadonlyMap<string, Variable>;
  dispose(): void;
}

/** The part of the network before the fully connected layer. */
interface Trunks {
  inputs: SymbolicTensor[];
  features: SymbolicTensor;
  /** The chains of convolutions. */
  chains: LayersModel[];
}

type BuildTrunk = (name: string, source: { inputs: SymbolicTensor[]; joined: SymbolicTensor }) => Trunks;

/** The encoder's seven convolutions, each with batch normalisation and ReLU (paper: section on network architectures, classifier). */
function trunkBuilder({ width, featureSize, initialisation }: ClassifierConfig, initialValues: InitialValues): BuildTrunk {
  const table = ENCODER_CHANNELS[7].slice(0, -1).map((channels) => scaleChannels(channels, width));
  return (name, { inputs, joined }) => {
    const map = convolutions(joined, [...table, featureSize], (i) => ({
      ...{ name: `${name}.${i}`, initialisation, initialValues },
      ...{ normalisation: 'batch', activation: 'relu', roles: null },
    }));
    const features = layers.flatten({ name: `${name}.features` }).apply(map) as SymbolicTensor; // [B, 1, 1, F] → [B, F]
    return { inputs, features, chains: [buildNetwork({ name, inputs, outputs: features })] };
  };
}

const sampleInput = (modality: Modality) => input({ shape: [...SAMPLE_SHAPES[modality]], name: `sample${modality}` });

function single(modality: Modality, buildTrunk: BuildTrunk): Trunks {
  const sample = sampleInput(modality);
  return buildTrunk(`trunk${modality}`, { inputs: [sample], joined: sample });
}

const TRUNKS: Record<string, (buildTrunk: BuildTrunk) => Trunks> = {
  V: (buildTrunk) => single('V', buildTrunk),
  A: (buildTrunk) => single('A', buildTrunk),
  'VA early'(buildTrunk) {
    const inputs = [sampleInput('V'), sampleInput('A')];
    const joined = new JoinSpectrum({ name: 'join' }).apply(inputs) as SymbolicTensor;
    return buildTrunk('trunkVA', { inputs, joined });
  },
  'VA late'(buildTrunk) {
    const [image, sound] = [single('V', buildTrunk), single('A', buildTrunk)];
    const features = layers.concatenate({ name: 'join' }).apply([image.features, sound.features]) as SymbolicTensor;
    return { inputs: [...image.inputs, ...sound.inputs], features, chains: [...image.chains, ...sound.chains] };
  },
};

/** Builds the network of a configuration: convolutions, then one fully connected layer. */
export function buildClassifierNetwork(config: ClassifierConfig, initialValues: InitialValues): ClassifierNetwork {
  const { modality, fusion, classNames } = config;
  const name = `classifier${modality}`;
  const { inputs, features, chains } = TRUNKS[fusion === null ? modality : `${modality} ${fusion}`](
    trunkBuilder(config, initialValues),
  );
  const dense = new DenseBlock({
    ...{ name: 'output', units: classNames.length, initialisation: 'he', initialValues },
    ...{ normalisation: 'none', activation: 'linear' },
  });
  const whole = buildNetwork({ name, inputs, outputs: dense.apply(features) as SymbolicTensor });
  const given = input({ shape: [features.shape[1]], name: 'features' });
  const output = buildNetwork({ name: 'output', inputs: given, outputs: dense.apply(given) as SymbolicTensor });
  return {
    whole,
    features: buildNetwork({ name: `${name}.features`, inputs, outputs: features }),
    output,
    named: namedVariables([...chains, output]),
    dispose() {
      whole.dispose();
      output.dispose();
    },
  };
}
