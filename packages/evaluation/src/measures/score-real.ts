import type { LabelledPair } from '@cmcgan/classifier';
import type { Modality } from '@cmcgan/model';
import { tidy, zerosLike } from '@tensorflow/tfjs-core';
import type { EvaluationData, OnProgress } from '../evaluation-data';
import { judgeSamples, type JudgedBatch } from '../judges/judge-samples';
import type { JudgeName, Judges } from '../judges/judges';
import { eachRealBatch } from '../samples/batches';

/** What a classifier was shown: V the image, A the sound, VA both; or both with zeros instead of the image, or of the sound. */
type Showing = JudgeName | 'zeroImage' | 'zeroSound';

/** The classifiers' verdicts on real pairs, in the pairs' order. */
export interface RealOutcome {
  readonly pairs: readonly LabelledPair[];
  /** The true class ids. */
  readonly actual: readonly number[];
  readonly predictions: Readonly<Record<Showing, readonly number[]>>;
  /** The judge's features of the real images and sounds. */
  readonly features: Readonly<Record<Modality, readonly Float32Array[]>>;
  /** The judge's log-probabilities of the classes, given the real images and sounds. */
  readonly logProbabilities: Readonly<Record<Modality, readonly Float32Array[]>>;
}

export interface ScoreRealOptions {
  readonly judges: Judges;
  /** Whether the multimodal classifier is used too. */
  readonly fused: boolean;
  readonly onProgress?: OnProgress;
}

/** Classifies real pairs by each modality alone and, with `fused`, by both, and by both with zeros in place of one. */
export async function scoreReal(
  data: EvaluationData,
  pairs: readonly LabelledPair[],
  { judges, fused, onProgress }: ScoreRealOptions,
): Promise<RealOutcome> {
  const predictions: Record<Showing, number[]> = { V: [], A: [], VA: [], zeroImage: [], zeroSound: [] };
  const features: Record<Modality, Float32Array[]> = { V: [], A: [] };
  const logProbabilities: Record<Modality, Float32Array[]> = { V: [], A: [] };
  await eachRealBatch(data, pairs, async ({ images, sounds }, start) => {
    const judge = async (showing: Showing, which: JudgeName, samples: Parameters<typeof judgeSamples>[2]) => {
      const judged: JudgedBatch = await judgeSamples(judges, which, samples, data.decibelRange);
      predictions[showing].push(...judged.predictions);
      return judged;
    };
    for (const which of ['V', 'A'] as const) {
      const judged = await judge(which, which, which === 'V' ? { images } : { sounds });
      features[which].push(...judged.features);
      logProbabilities[which].push(...judged.logProbabilities);
    }
    onProgress?.({ task: 'classifying real pairs', done: start + images.shape[0], total: pairs.length });
    if (!fused) return;
    const [noImages, noSounds] = tidy(() => [zerosLike(images), zerosLike(sounds)]);
    await judge('VA', 'VA', { images, sounds });
    await judge('zeroImage', 'VA', { images: noImages, sounds });
    await judge('zeroSound', 'VA', { images, sounds: noSounds });
    noImages.dispose();
    noSounds.dispose();
  });
  return { pairs, actual: pairs.map(({ classId }) => classId), predictions, features, logProbabilities };
}
