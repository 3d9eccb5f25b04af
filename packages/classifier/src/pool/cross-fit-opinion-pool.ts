import { dispose, logSoftmax, tidy } from '@tensorflow/tfjs-core';
import { completeSamples, GENERATOR_METHODS } from '../complete-samples';
import type { SampleGenerator } from '../complete-samples';
import type { Judge } from '../judge/judge';
import { trainJudge } from '../judge/train-judge';
import type { TrainJudgeOptions } from '../judge/train-judge';
import { calibrationError } from '../metrics/calibration-error';
import type { CrossFitPart } from '../missing/generated-halves';
import type { SampleTensors } from '../samples';
import { loadSampleBatch } from '../training/sample-batch';
import type { LabelledPair } from '../training/labelled-data';
import { fitPoolWeights } from './fit-pool-weights';
import { COMPLETIONS, completionOf, poolOpinions, PRIOR_WEIGHTS } from './opinion-pool';
import type { Completion, PoolWeights } from './opinion-pool';

export interface CrossFitOptions<P extends LabelledPair> extends Omit<TrainJudgeOptions<P>, 'heldPairs' | 'validationPairs'> {
  /**
   * One part for each fold (`foldsOf` of @cmcgan/sub-urmp), each with a generator trained on the other folds; or a single part, with the generator that
   * will be used and training pairs that were held back from it.
   */
  readonly parts: readonly CrossFitPart<P>[];
}

/** Fitted weights, and what they were fitted on, as plain JSON. */
export interface FittedPool {
  readonly weights: PoolWeights;
  /** Number of pairs that the weights were fitted on. */
  readonly pairs: number;
  /** The expected calibration error on those pairs: of late fusion, which has all weights 1, and of the pool. Null if never generated. */
  readonly calibration: Readonly<Record<Completion, { readonly lateFusion: number; readonly pooled: number } | null>>;
}

/**
 * Learns how much an image classifier and a sound classifier can be trusted, with real and with generated halves, by stacking (Wolpert
 * 1992). For each part, both classifiers are trained on the pairs that are not among its unseen ones; the unseen pairs are classified as
 * they are, without their image, and without their sound, which the part's generator replaces. So nothing that the weights are fitted on
 * was seen in training by a classifier or a generator. The weights then belong to classifiers of the same kind trained on all pairs.
 *
 * @throws if there is no part, or a part has no unseen pairs
 */
export async function crossFitOpinionPool<P extends LabelledPair>(options: CrossFitOptions<P>): Promise<FittedPool> {
  const { parts, pairs, ...training } = options;
  if (parts.length === 0) throw new Error('crossFitOpinionPool: parts must hold at least one part, got none');
  const opinions = { real: noOpinions(), generatedImage: noOpinions(), generatedSound: noOpinions() };
  for (const { generator, unseen } of parts) {
    if (unseen.length === 0) throw new Error('crossFitOpinionPool: unseen must hold at least one pair of each part, got none');
    const left = new Set(unseen.map(({ id }) => id));
    const experts = await trainJudge({ ...training, pairs: pairs.filter(({ id }) => !left.has(id)) });
    try {
      await collectOpinions(opinions, unseen, { experts, generator, data: options.data, seed: options.seed });
    } finally {
      experts.dispose();
    }
  }
  const byCompletion = <T>(valueOf: (completion: Completion) => T) =>
    Object.fromEntries(COMPLETIONS.map((completion) => [completion, valueOf(completion)])) as Record<Completion, T>;
  const weights = byCompletion((completion) => fitPoolWeights(opinions[completion], PRIOR_WEIGHTS[completion]));
  const errorOf = (completion: Completion, used: PoolWeights[Completion]) =>
    calibrationError(poolOpinions(opinions[completion], used), opinions[completion].classIds);
  const calibration = byCompletion((completion) =>
    opinions[completion].classIds.length === 0
      ? null
      : { lateFusion: errorOf(completion, { V: 1, A: 1 }), pooled: errorOf(completion, weights[completion]) },
  );
  return { weights, pairs: opinions.real.classIds.length, calibration };
}

const noOpinions = () => ({ V: [] as Float32Array[], A: [] as Float32Array[], classIds: [] as number[] });

/** Number of samples classified at once; affects memory, not the result. */
const BATCH_SIZE = 16;

interface Collecting<P extends LabelledPair> {
  readonly experts: Judge;
  readonly generator: SampleGenerator;
  readonly data: TrainJudgeOptions<P>['data'];
  readonly seed: number;
}

async function collectOpinions<P extends LabelledPair>(
  opinions: Record<Completion, ReturnType<typeof noOpinions>>,
  pairs: readonly P[],
  { experts, generator, data, seed }: Collecting<P>,
): Promise<void> {
  for (let start = 0; start < pairs.length; start += BATCH_SIZE) {
    const chunk = pairs.slice(start, start + BATCH_SIZE);
    const whole = (await loadSampleBatch(data, chunk, { modality: 'VA' })) as Required<SampleTensors>;
    const { images, sounds } = whole;
    const given: SampleTensors[] = [whole];
    if (generator[GENERATOR_METHODS.V]) given.push({ sounds });
    if (generator[GENERATOR_METHODS.A]) given.push({ images });
    for (const samples of given) {
      const complete = completeSamples(samples, { generator, seed });
      const into = opinions[completionOf(complete.generated)];
      for (const modality of ['V', 'A'] as const) into[modality].push(...(await logProbabilities(experts[modality], complete)));
      into.classIds.push(...chunk.map(({ classId }) => classId));
      if (complete.generated !== null) dispose(complete.generated === 'image' ? complete.images : complete.sounds);
    }
    dispose([images, sounds]);
  }
}

async function logProbabilities({ classifier }: Judge['V'], samples: SampleTensors): Promise<Float32Array[]> {
  const scores = tidy(() => logSoftmax(classifier.logits(samples)));
  const values = await scores.data<'float32'>();
  const [count, classes] = scores.shape;
  scores.dispose();
  return Array.from({ length: count }, (_, i) => values.slice(i * classes, (i + 1) * classes));
}
