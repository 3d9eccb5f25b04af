import { type Direction, endOf, MODALITIES, type Modality, type Way } from '@cmcgan/model';
import type { LabelledPair } from '@cmcgan/classifier';
import { createRandom, type Random } from '@cmcgan/random';
import type { EvaluationData } from '../evaluation-data';
import { againstChance, type AgainstChance } from '../metrics/against-chance';
import { factorKernelRidge, type KernelRidge } from '../metrics/kernel-ridge';
import { byDirection, outputsFrom } from '../samples/directions';
import { describeSample, type Descriptors, type TruthName } from './describe-sample';
import type { Shown, TrainingSample } from './mean-of-similar';
import { trainingPictures } from './training-pictures';
import { trainingSounds } from './training-sounds';

/** The ground truth of one simulated pair. */
export interface PairTruth extends Shown {
  readonly id: string;
}

/** The ground truth of simulated pairs, as returned by `readGroundTruth` of @cmcgan/sub-urmp/simulator. */
export interface KnownTruth {
  readonly pairs: readonly PairTruth[];
}

const TRUTHS: Readonly<Record<TruthName, (shown: Shown) => number>> = {
  pitch: ({ midi }) => midi,
  loudness: ({ loudness }) => loudness,
};

/** How far off an estimate may be to count as close: a semitone, a tenth of the range of loudness. */
const CLOSE: Readonly<Record<TruthName, number>> = { pitch: 1, loudness: 0.1 };

/** One quantity in one direction, estimated from real test samples (the regressor's own error) and from generated ones. */
export interface TruthMeasure {
  readonly real: AgainstChance;
  readonly generated: AgainstChance;
  readonly direct: AgainstChance | null;
}

/** By direction (null if the model lacks it) and quantity. */
export type GroundTruthMeasure = Record<Direction, Record<TruthName, TruthMeasure> | null>;

/** Estimates a quantity from samples whose instruments are known. */
interface TruthRegressor {
  predict(descriptors: readonly Descriptors[], instruments: readonly string[]): number[];
}

/**
 * Regressors, for each modality and quantity, fitted on real training samples of one instrument at a time: whether the instrument is right is for the
 * judges, and a player who is hardly recognised still shows the pitch.
 */
export type TruthRegressors = Readonly<Record<Modality, Readonly<Record<TruthName, TruthRegressor>>>>;

/**
 * The regressors are fitted on at most this many training pairs of each instrument, since the work grows with their third power. A picture counts nine times, a
 * sound six times.
 */
const MAX_PAIRS_PER_INSTRUMENT: Readonly<Record<Modality, number>> = { V: 230, A: 300 };

/** Chosen on training pairs of other songs (docs/decisions/2026-11-28-simulator-2.md). */
const RIDGE = { V: { scale: 0.25, alpha: 0.003 }, A: { scale: 0.3, alpha: 0.003 } } as const;

/** Loads pairs and describes their real samples. */
export async function describeReal(
  data: Pick<EvaluationData, 'load'>,
  pairs: readonly LabelledPair[],
): Promise<Record<Modality, readonly Descriptors[]>> {
  const described: Record<Modality, Descriptors[]> = { V: [], A: [] };
  for (const pair of pairs) {
    const { image, sound } = await data.load(pair);
    described.V.push(describeSample(image, 'V'));
    described.A.push(describeSample(sound, 'A'));
  }
  return described;
}

/**
 * Fits the regressors on real training pairs of each instrument, drawn by the seed: at most 230 pictures and 300 sounds. For a validation pair whose instrument
 * has no training pairs, others are fitted on pairs of any instrument.
 */
export async function fitTruthRegressors(data: EvaluationData, truth: KnownTruth, seed: number): Promise<TruthRegressors> {
  const shuffled = createRandom(seed)
    .fork('truth')
    .shuffle([...data.splits.train]);
  const fit = (pairs: readonly LabelledPair[], instrument: string) => {
    const drawn = pairs.slice(0, Math.max(...Object.values(MAX_PAIRS_PER_INSTRUMENT)));
    const random = createRandom(seed).fork(`training samples ${instrument}`);
    return fitPairs(data, drawn, { targets: truthsOf(truth, drawn), random });
  };
  const fitted = new Map<string, FittedPairs>();
  for (const name of new Set(shuffled.map(({ instrument }) => instrument))) {
    const own = shuffled.filter(({ instrument }) => instrument === name);
    fitted.set(name, await fit(own, name));
  }
  if (data.splits.validation.some(({ instrument }) => !fitted.has(instrument))) fitted.set(ANY, await fit(shuffled, ANY));
  const regressor = (modality: Modality, quantity: TruthName): TruthRegressor => ({
    predict: (descriptors, instruments) =>
      descriptors.map(
        (each, i) => (fitted.get(instruments[i]) ?? fitted.get(ANY)!)[modality][quantity].predict([each[quantity]])[0],
      ),
  });
  const of = (modality: Modality) => ({ pitch: regressor(modality, 'pitch'), loudness: regressor(modality, 'loudness') });
  return { V: of('V'), A: of('A') };
}

/** Stands for any instrument. */
const ANY = '';

/** The regressors that were fitted on some pairs. */
type FittedPairs = Readonly<Record<Modality, Readonly<Record<TruthName, KernelRidge>>>>;

async function fitPairs(
  data: Pick<EvaluationData, 'load'>,
  pairs: readonly LabelledPair[],
  { targets, random }: { readonly targets: readonly PairTruth[]; readonly random: Random },
): Promise<FittedPairs> {
  const real: Record<Modality, TrainingSample[]> = { V: [], A: [] };
  for (const [i, pair] of pairs.entries()) {
    const { image, sound } = await data.load(pair);
    const shown = targets[i];
    if (i < MAX_PAIRS_PER_INSTRUMENT.V) real.V.push({ values: image, shown });
    if (i < MAX_PAIRS_PER_INSTRUMENT.A) real.A.push({ values: sound, shown });
  }
  return {
    V: fitBoth(trainingPictures(real.V, random.fork('V')), 'V'),
    A: fitBoth(trainingSounds(real.A, random.fork('A')), 'A'),
  };
}

function fitBoth(samples: Iterable<TrainingSample>, modality: Modality): Readonly<Record<TruthName, KernelRidge>> {
  const descriptors: Descriptors[] = [];
  const shown: Shown[] = [];
  for (const each of samples) {
    descriptors.push(describeSample(each.values, modality));
    shown.push(each.shown);
  }
  const factored = (name: TruthName) =>
    factorKernelRidge(
      descriptors.map((each) => each[name]),
      RIDGE[modality],
    );
  const fitPitch = factored('pitch');
  const sameFeatures = descriptors.every(({ pitch, loudness }) => pitch === loudness);
  const fitLoudness = sameFeatures ? fitPitch : factored('loudness');
  return { pitch: fitPitch(shown.map(TRUTHS.pitch)), loudness: fitLoudness(shown.map(TRUTHS.loudness)) };
}

/** The truth of simulated test pairs, and the regressors that estimate it. */
export interface TruthReference {
  readonly truth: KnownTruth;
  readonly regressors: TruthRegressors;
  /** Of the real test samples. */
  readonly real: Readonly<Record<Modality, readonly Descriptors[]>>;
}

/** What a model generated along one way, described. */
export interface DescribedWay {
  readonly way: Way;
  readonly descriptors: readonly Descriptors[];
}

/** How well pitch and loudness are carried over: estimates from generated samples against the truth of the pairs they come from. */
export function measureGroundTruth(
  { truth, regressors, real }: TruthReference,
  { pairs, generated }: { readonly pairs: readonly LabelledPair[]; readonly generated: readonly DescribedWay[] },
  seed: number,
): GroundTruthMeasure {
  const targets = truthsOf(truth, pairs);
  const groups = pairs.map(({ instrument }) => instrument);
  const measure = (name: TruthName, to: Modality, descriptors: readonly Descriptors[], label: string) => {
    const random = createRandom(seed).fork(`${name} ${to} ${label}`);
    const estimates = regressors[to][name].predict(descriptors, groups);
    return againstChance({ estimates, truths: targets.map(TRUTHS[name]), groups, tolerance: CLOSE[name] }, random);
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
