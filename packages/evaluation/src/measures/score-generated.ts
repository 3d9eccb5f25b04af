import type { LabelledPair, TrainedClassifier } from '@cmcgan/classifier';
import { otherModality, type Way } from '@cmcgan/model';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { EvaluatedModel } from '../evaluated-model';
import type { EvaluationData, OnProgress } from '../evaluation-data';
import { judgeSamples } from '../judges/judge-samples';
import type { Judges } from '../judges/judges';
import { eachRealBatch, type RealBatch } from '../samples/batches';
import { generateWay } from '../samples/generate-way';

/** The judges' results for a model's samples of one way, pair by pair. */
export interface GeneratedOutcome {
  readonly way: Way;
  /** The true class ids. */
  readonly actual: readonly number[];
  /** The judge's predicted class ids for the generated samples (Table 1). */
  readonly predictions: readonly number[];
  /** The multimodal classifier's, for the generated sample together with the real one that it was generated from (Table 2). */
  readonly fused: readonly number[];
  /** Its log-probabilities of the classes. */
  readonly fusedLogProbabilities: readonly Float32Array[];
  /** The same of the classifier that was trained on generated halves too; empty without one. */
  readonly taughtLogProbabilities: readonly Float32Array[];
  /** The judge's features. */
  readonly features: readonly Float32Array[];
  /** The judge's log-probabilities of the classes. */
  readonly logProbabilities: readonly Float32Array[];
}

export interface ScoreGeneratedOptions {
  readonly judges: Judges;
  /** A classifier of images and sounds that was trained on generated halves too. */
  readonly taught?: TrainedClassifier;
  /** For the latents. */
  readonly seed: number;
  /** The name of the work in progress reports. */
  readonly task: string;
  readonly onProgress?: OnProgress;
  /** Called with each generated batch, for further measures. It must not dispose of the tensor. */
  readonly onGenerated?: (way: Way, generated: Tensor4D) => Promise<void>;
}

/** Generates the other modality of every pair along every way of a model, and classifies it. */
export async function scoreGenerated(
  { model, data, pairs }: { model: EvaluatedModel; data: EvaluationData; pairs: readonly LabelledPair[] },
  { judges, taught, seed, task, onProgress, onGenerated }: ScoreGeneratedOptions,
): Promise<GeneratedOutcome[]> {
  const actual = pairs.map(({ classId }) => classId);
  const outcomes = model.ways.map((way) => emptyOutcome(way, actual));
  await eachRealBatch(data, pairs, async (batch, start) => {
    for (const outcome of outcomes) {
      const generated = generateWay(model, outcome.way, batch, { seed });
      try {
        await judgeInto(outcome, { batch, generated, judges, taught, range: data.decibelRange });
        await onGenerated?.(outcome.way, generated);
      } finally {
        generated.dispose();
      }
    }
    onProgress?.({ task, done: start + batch.ids.length, total: pairs.length });
  });
  return outcomes;
}

const emptyOutcome = (way: Way, actual: readonly number[]) => ({
  way,
  actual,
  predictions: [] as number[],
  fused: [] as number[],
  fusedLogProbabilities: [] as Float32Array[],
  taughtLogProbabilities: [] as Float32Array[],
  features: [] as Float32Array[],
  logProbabilities: [] as Float32Array[],
});

interface GeneratedBatch {
  readonly batch: RealBatch;
  readonly generated: Tensor4D;
  readonly judges: Judges;
  readonly taught: TrainedClassifier | undefined;
  readonly range: EvaluationData['decibelRange'];
}

async function judgeInto(
  outcome: ReturnType<typeof emptyOutcome>,
  { batch: { images, sounds }, generated, judges, taught, range }: GeneratedBatch,
): Promise<void> {
  const made = outcome.way.from === 'V' ? { sounds: generated } : { images: generated };
  const judged = await judgeSamples(judges[otherModality(outcome.way.from)], made, range);
  const whole = { images, sounds, ...made };
  const fused = await judgeSamples(judges.VA, whole, range);
  outcome.predictions.push(...judged.predictions);
  outcome.features.push(...judged.features);
  outcome.logProbabilities.push(...judged.logProbabilities);
  outcome.fused.push(...fused.predictions);
  outcome.fusedLogProbabilities.push(...fused.logProbabilities);
  if (taught === undefined) return;
  const { logProbabilities } = await judgeSamples(taught, whole, range);
  outcome.taughtLogProbabilities.push(...logProbabilities);
}
