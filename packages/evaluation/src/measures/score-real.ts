import type { LabelledPair, RobustClassifier, RobustKind, SampleTensors } from '@cmcgan/classifier';
import type { Modality } from '@cmcgan/model';
import { argMax, tidy, zerosLike } from '@tensorflow/tfjs-core';
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
  readonly logProbabilities: Readonly<Record<JudgeName, readonly Float32Array[]>>;
  /** The class ids that classifiers which do without a modality predict. */
  readonly robust: RobustPredictions;
}

/** Predicted class ids for complete pairs, and without their images or sounds. */
export type RobustPredictions = Readonly<Partial<Record<RobustKind, Readonly<Record<RobustShowing, readonly number[]>>>>>;
type RobustShowing = 'complete' | 'noImage' | 'noSound';

export interface ScoreRealOptions {
  readonly judges: Judges;
  /** Whether the multimodal classifier is used too. */
  readonly fused: boolean;
  /** Further classifiers, each scored with both halves and without either. */
  readonly robust?: readonly RobustClassifier[];
  readonly onProgress?: OnProgress;
}

/** Classifies real pairs by each modality alone and, with `fused`, by both, and by both with zeros in place of one. */
export async function scoreReal(
  data: EvaluationData,
  pairs: readonly LabelledPair[],
  { judges, fused, robust = [], onProgress }: ScoreRealOptions,
): Promise<RealOutcome> {
  const predictions: Record<Showing, number[]> = { V: [], A: [], VA: [], zeroImage: [], zeroSound: [] };
  const features: Record<Modality, Float32Array[]> = { V: [], A: [] };
  const logProbabilities: Record<JudgeName, Float32Array[]> = { V: [], A: [], VA: [] };
  const robustly = robust.map((classifier) => ({ classifier, named: { complete: [], noImage: [], noSound: [] } as RobustNames }));
  await eachRealBatch(data, pairs, async ({ images, sounds }, start) => {
    const judge = async (showing: Showing, which: JudgeName, samples: Parameters<typeof judgeSamples>[1]) => {
      const judged: JudgedBatch = await judgeSamples(judges[which], samples, data.decibelRange);
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
    logProbabilities.VA.push(...(await judge('VA', 'VA', { images, sounds })).logProbabilities);
    await judge('zeroImage', 'VA', { images: noImages, sounds });
    await judge('zeroSound', 'VA', { images, sounds: noSounds });
    noImages.dispose();
    noSounds.dispose();
    for (const { classifier, named } of robustly) await nameInto(named, classifier, { images, sounds });
  });
  const byKind = Object.fromEntries(robustly.map(({ classifier, named }) => [classifier.kind, named]));
  return { pairs, actual: pairs.map(({ classId }) => classId), predictions, features, logProbabilities, robust: byKind };
}

type RobustNames = Record<RobustShowing, number[]>;

async function nameInto(named: RobustNames, classifier: RobustClassifier, { images, sounds }: SampleTensors): Promise<void> {
  for (const [showing, samples] of [
    ['complete', { images, sounds }],
    ['noImage', { sounds }],
    ['noSound', { images }],
  ] as const) {
    const ids = tidy(() => argMax(classifier.logits(samples), 1));
    named[showing].push(...(await ids.data<'int32'>()));
    ids.dispose();
  }
}
