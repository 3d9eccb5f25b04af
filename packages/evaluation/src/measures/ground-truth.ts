import { type Direction, endOf, MODALITIES, type Modality, SAMPLE_SHAPES, type Way } from '@cmcgan/model';
import type { LabelledPair } from '@cmcgan/classifier';
import { createRandom } from '@cmcgan/random';
import type { EvaluationData } from '../evaluation-data';
import { againstChance, type AgainstChance } from '../metrics/against-chance';
import { blockMeans } from '../metrics/block-means';
import { fitKernelRidge, type KernelRidge } from '../metrics/kernel-ridge';
import { byDirection, outputsFrom } from '../samples/directions';

/** The ground truth of one simulated pair. */
export interface PairTruth {
  readonly id: string;
  /** The note that is played, as a MIDI number: semitones. */
  readonly midi: number;
  /** How loud it is played, 0 to 1. */
  readonly loudness: number;
}

/** The ground truth of simulated pairs, as returned by `readGroundTruth` of @cmcgan/sub-urmp/simulator. */
export interface KnownTruth {
  readonly pairs: readonly PairTruth[];
}

/** What a simulated pair shows and sounds like: pitch in semitones, loudness from 0 to 1. */
export type TruthName = 'pitch' | 'loudness';
const TRUTHS: Readonly<Record<TruthName, (truth: PairTruth) => number>> = {
  pitch: ({ midi }) => midi,
  loudness: ({ loudness }) => loudness,
};

/** One quantity in one direction, estimated from real test samples (the regressor's own error) and from generated ones. */
export interface TruthMeasure {
  readonly real: AgainstChance;
  readonly generated: AgainstChance;
  readonly direct: AgainstChance | null;
}

/** By direction (null if the model lacks it) and quantity. */
export type GroundTruthMeasure = Record<Direction, Record<TruthName, TruthMeasure> | null>;

/** Regressors, one for each modality and quantity, fitted on real training samples. */
export type TruthRegressors = Readonly<Record<Modality, Readonly<Record<TruthName, KernelRidge>>>>;

/** The regressors are fitted on at most this many training pairs, since the work grows with their third power. */
const MAX_TRAINING_PAIRS = 1500;

/** Descriptors of samples, in the order of pairs. */
export type Descriptors = Float32Array[];

/** [rows, columns] of blocks: an image's, and a sound's, which keep all mels and are an eighth of the half second long. */
const BLOCKS = { V: [16, 16], A: [128, 8] } as const;

/** A sample's input to the regressors, flat in [-1, 1]: the means of 16 × 16 blocks of an image, or of 128 mels × 8 times of a sound. */
export function describeSample(values: ArrayLike<number>, modality: Modality): Float32Array {
  return blockMeans(values, SAMPLE_SHAPES[modality], BLOCKS[modality]);
}

/** Loads pairs and describes their real samples. */
export async function describeReal(
  data: Pick<EvaluationData, 'load'>,
  pairs: readonly LabelledPair[],
): Promise<Record<Modality, Descriptors>> {
  const described: Record<Modality, Descriptors> = { V: [], A: [] };
  for (const pair of pairs) {
    const { image, sound } = await data.load(pair);
    described.V.push(describeSample(image, 'V'));
    described.A.push(describeSample(sound, 'A'));
  }
  return described;
}

/** Fits the regressors on real training pairs, at most 1500 drawn by the seed. */
export async function fitTruthRegressors(data: EvaluationData, truth: KnownTruth, seed: number): Promise<TruthRegressors> {
  const pairs = createRandom(seed)
    .fork('truth')
    .shuffle([...data.splits.train])
    .slice(0, MAX_TRAINING_PAIRS);
  const described = await describeReal(data, pairs);
  const targets = truthsOf(truth, pairs);
  const fit = (modality: Modality) => ({
    pitch: fitKernelRidge(described[modality], targets.map(TRUTHS.pitch)),
    loudness: fitKernelRidge(described[modality], targets.map(TRUTHS.loudness)),
  });
  return { V: fit('V'), A: fit('A') };
}

/** The truth of simulated test pairs, and the regressors that estimate it. */
export interface TruthReference {
  readonly truth: KnownTruth;
  readonly regressors: TruthRegressors;
  /** Of the real test samples. */
  readonly real: Readonly<Record<Modality, Descriptors>>;
}

/** What a model generated along one way, described. */
export interface DescribedWay {
  readonly way: Way;
  readonly descriptors: Descriptors;
}

/** How well pitch and loudness are carried over: estimates from generated samples against the truth of the pairs they come from. */
export function measureGroundTruth(
  { truth, regressors, real }: TruthReference,
  { pairs, generated }: { readonly pairs: readonly LabelledPair[]; readonly generated: readonly DescribedWay[] },
  seed: number,
): GroundTruthMeasure {
  const targets = truthsOf(truth, pairs);
  const groups = pairs.map(({ instrument }) => instrument);
  const measure = (name: TruthName, to: Modality, descriptors: Descriptors, label: string) => {
    const random = createRandom(seed).fork(`${name} ${to} ${label}`);
    const estimates = regressors[to][name].predict(descriptors);
    return againstChance({ estimates, truths: targets.map(TRUTHS[name]), groups }, random);
  };
  return byDirection((direction) => {
    const { from, to } = MODALITIES[direction];
    const outputs = outputsFrom(generated, from);
    if (!outputs) return null;
    const { main, direct } = outputs;
    const of = (name: TruthName): TruthMeasure => ({
      real: measure(name, to, real[to], 'real'),
      generated: measure(name, to, main.descriptors, endOf(main.way)),
      direct: direct && measure(name, to, direct.descriptors, endOf(direct.way)),
    });
    return { pitch: of('pitch'), loudness: of('loudness') };
  });
}

function truthsOf({ pairs: truths }: KnownTruth, pairs: readonly LabelledPair[]): PairTruth[] {
  const byId = new Map(truths.map((truth) => [truth.id, truth]));
  return pairs.map(({ id }) => {
    const found = byId.get(id);
    if (!found) throw new Error(`measureGroundTruth: truth must have every pair, got none for ${id}`);
    return found;
  });
}
