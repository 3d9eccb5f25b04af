import { type CrossModalModel, type Way, otherModality } from '@cmcgan/model';
import type { Dataset, Pair } from '@cmcgan/sub-urmp';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { judgeSamples } from '../judge/judge-samples';
import type { Judges } from '../judge/judges';
import type { Progress } from '@cmcgan/command-line';
import { generateWay } from './generate-way';
import { eachRealBatch } from './real-batches';
import { classIdsOf } from './score-real';

/** What the judges make of what a model generated along one way, pair by pair. */
export interface GeneratedOutcome {
  readonly way: Way;
  readonly actual: readonly number[];
  /** The judge's classes of the generated samples (Table 1). */
  readonly predictions: readonly number[];
  /** The multimodal classifier's, of the generated sample beside the real one that it came from (Table 2). */
  readonly fused: readonly number[];
  /** The judge's features. */
  readonly features: readonly Float32Array[];
  /** The judge's log-probabilities of the classes. */
  readonly logProbabilities: readonly Float32Array[];
}

export interface ScoreGeneratedOptions {
  readonly model: CrossModalModel;
  readonly pairs: readonly Pair[];
  readonly judges: Judges;
  /** Of the latents. */
  readonly seed: number;
  readonly progress: Progress;
  readonly label: string;
  /** Is handed each generated batch, for measures of its own. The tensor is not its to dispose of. */
  readonly onGenerated?: (way: Way, generated: Tensor4D, pairs: readonly Pair[]) => Promise<void>;
}

type Collected = { predictions: number[]; fused: number[]; features: Float32Array[]; logProbabilities: Float32Array[] };

/** Generates the other modality of every pair along every way of a model, and classifies it. */
export async function scoreGenerated(dataset: Dataset, options: ScoreGeneratedOptions): Promise<GeneratedOutcome[]> {
  const { model, pairs, judges, seed, progress, label, onGenerated } = options;
  const collected = model.ways.map((): Collected => ({ predictions: [], fused: [], features: [], logProbabilities: [] }));
  const range = dataset.decibelRange;
  await eachRealBatch(dataset, pairs, async (batch, chunk, done) => {
    for (const [w, way] of model.ways.entries()) {
      const generated = generateWay(model, way, batch, { seed });
      try {
        const made = way.from === 'V' ? { sounds: generated } : { images: generated };
        const judged = await judgeSamples(judges, otherModality(way.from), made, range);
        const fused = await judgeSamples(judges, 'VA', { images: batch.images, sounds: batch.sounds, ...made }, range);
        collected[w].predictions.push(...judged.predictions);
        collected[w].features.push(...judged.features);
        collected[w].logProbabilities.push(...judged.logProbabilities);
        collected[w].fused.push(...fused.predictions);
        await onGenerated?.(way, generated, chunk);
      } finally {
        generated.dispose();
      }
    }
    progress.status(label, done, pairs.length);
  });
  const actual = classIdsOf(pairs, judges);
  return model.ways.map((way, w) => ({ way, actual, ...collected[w] }));
}
