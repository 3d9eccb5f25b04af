import { DIRECTIONS, endOf, MODALITIES, type Direction, type Modality, type Way } from '@cmcgan/model';
import { createRandom } from '@cmcgan/random';
import type { Dataset, GroundTruth, Pair, PairTruth } from '@cmcgan/sub-urmp';
import { againstChance, type AgainstChance } from '../metrics/against-chance';
import { fitKernelRidge, type KernelRidge } from '../metrics/kernel-ridge';
import { mainWay } from './main-way';
import { sampleDescriptor } from './sample-descriptor';

/** What is known of simulated pairs. */
export type KnownTruth = Pick<GroundTruth, 'pairs'>;

/** What a simulated pair shows and sounds like, and how to read it of its ground truth. */
export const TRUTHS = {
  /** Semitones: MIDI note numbers. */
  pitch: ({ midi }: PairTruth) => midi,
  /** How loud the note is played, 0 to 1. */
  loudness: ({ loudness }: PairTruth) => loudness,
} as const;
export type TruthName = keyof typeof TRUTHS;

/** One quantity in one direction: as estimated of real test samples (the regressor's own error), and of generated ones. */
export interface TruthMeasure {
  readonly real: AgainstChance;
  readonly generated: AgainstChance;
  readonly direct: AgainstChance | null;
}

/** By direction (null where the model lacks it) and quantity. */
export type GroundTruthMeasure = Record<Direction, Record<TruthName, TruthMeasure> | null>;

/** Regressors, one for each modality and quantity, fitted on real training samples. */
export type TruthRegressors = Readonly<Record<Modality, Readonly<Record<TruthName, KernelRidge>>>>;

/** At most so many training pairs are fitted: the work grows with their third power. */
const MAX_TRAINING_PAIRS = 1500;
/** Descriptors of samples, in the order of pairs. */
export type Descriptors = Float32Array[];

/** Loads pairs and describes their real samples. */
export async function describeReal(dataset: Dataset, pairs: readonly Pair[]): Promise<Record<Modality, Descriptors>> {
  const described: Record<Modality, Descriptors> = { V: [], A: [] };
  for (const pair of pairs) {
    const { image, sound } = await dataset.load(pair);
    described.V.push(sampleDescriptor(image, 'V'));
    described.A.push(sampleDescriptor(sound, 'A'));
  }
  return described;
}

/** Fits the regressors on real training pairs, at most 1500 drawn by the seed. */
export async function fitTruthRegressors(dataset: Dataset, truth: KnownTruth, seed: number): Promise<TruthRegressors> {
  const pairs = createRandom(seed)
    .fork('truth')
    .shuffle([...dataset.splits.train])
    .slice(0, MAX_TRAINING_PAIRS);
  const described = await describeReal(dataset, pairs);
  const targets = truthsOf(truth, pairs);
  const fit = (modality: Modality) => ({
    pitch: fitKernelRidge(described[modality], targets.map(TRUTHS.pitch)),
    loudness: fitKernelRidge(described[modality], targets.map(TRUTHS.loudness)),
  });
  return { V: fit('V'), A: fit('A') };
}

export interface GroundTruthSamples {
  readonly pairs: readonly Pair[];
  readonly real: Readonly<Record<Modality, Descriptors>>;
  /** Of what a model generated from the pairs, way by way. */
  readonly generated: readonly { readonly way: Way; readonly descriptors: Descriptors }[];
}

/** How far pitch and loudness are carried over: estimates of generated samples against the truth of the pair that they came from. */
export function measureGroundTruth(
  truth: KnownTruth,
  regressors: TruthRegressors,
  { pairs, real, generated }: GroundTruthSamples,
  seed: number,
): GroundTruthMeasure {
  const targets = truthsOf(truth, pairs);
  const groups = pairs.map(({ instrument }) => instrument);
  const measure = (name: TruthName, to: Modality, descriptors: Descriptors, label: string) => {
    const random = createRandom(seed).fork(`${name} ${to} ${label}`);
    const estimates = regressors[to][name].predict(descriptors);
    return againstChance({ estimates, truths: targets.map(TRUTHS[name]), groups }, random);
  };
  const entries = DIRECTIONS.map((direction) => {
    const { from, to } = MODALITIES[direction];
    const main = mainWay(generated, from);
    if (!main) return [direction, null];
    const direct =
      main.way.output === 'pathEnd' ? generated.find(({ way }) => way.from === from && way.output === 'direct') : undefined;
    const of = (name: TruthName): TruthMeasure => ({
      real: measure(name, to, real[to], 'real'),
      generated: measure(name, to, main.descriptors, endOf(main.way)),
      direct: direct ? measure(name, to, direct.descriptors, endOf(direct.way)) : null,
    });
    return [direction, { pitch: of('pitch'), loudness: of('loudness') }];
  });
  return Object.fromEntries(entries) as GroundTruthMeasure;
}

function truthsOf({ pairs: truths }: KnownTruth, pairs: readonly Pair[]): PairTruth[] {
  const byId = new Map(truths.map((truth) => [truth.id, truth]));
  return pairs.map(({ id }) => {
    const found = byId.get(id);
    if (!found) throw new Error(`measureGroundTruth: truth must know every pair, got none for ${id}`);
    return found;
  });
}
