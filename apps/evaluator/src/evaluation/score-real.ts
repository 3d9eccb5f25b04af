import type { Modality } from '@cmcgan/model';
import type { Dataset, Pair } from '@cmcgan/sub-urmp';
import { tidy, zerosLike } from '@tensorflow/tfjs-core';
import { judgeSamples, type JudgedBatch } from '../judge/judge-samples';
import type { Judges, JudgeName } from '../judge/judges';
import type { Progress } from '@cmcgan/command-line';
import { eachRealBatch } from './real-batches';

/** What the classifiers make of real pairs: predictions in the pairs' order. */
export interface RealOutcome {
  readonly pairs: readonly Pair[];
  /** Class ids of the judges that the pairs are of. */
  readonly actual: readonly number[];
  readonly predictions: Readonly<Record<JudgeName | 'zeroImage' | 'zeroSound', readonly number[]>>;
  /** The judge's features of the real images and sounds. */
  readonly features: Readonly<Record<Modality, readonly Float32Array[]>>;
  /** The judge's log-probabilities of the classes, given the real images and sounds. */
  readonly logProbabilities: Readonly<Record<Modality, readonly Float32Array[]>>;
}

/** Judges' class ids of pairs, by the names of their classes. */
export const classIdsOf = (pairs: readonly Pair[], { classNames }: Pick<Judges, 'classNames'>) =>
  pairs.map(({ instrument }) => classNames.indexOf(instrument));

export interface ScoreRealOptions {
  readonly pairs: readonly Pair[];
  readonly judges: Judges;
  readonly progress: Progress;
  /** Whether the multimodal classifier is asked too. */
  readonly fused: boolean;
}

/** Classifies real pairs: each modality alone; and, if asked for, both, and both with zeros in the place of one. */
export async function scoreReal(dataset: Dataset, { pairs, judges, progress, fused }: ScoreRealOptions): Promise<RealOutcome> {
  const predictions = { V: [], A: [], VA: [], zeroImage: [], zeroSound: [] } as Record<
    keyof RealOutcome['predictions'],
    number[]
  >;
  const features = { V: [], A: [] } as Record<Modality, Float32Array[]>;
  const logProbabilities = { V: [], A: [] } as Record<Modality, Float32Array[]>;
  await eachRealBatch(dataset, pairs, async ({ images, sounds }, _, done) => {
    const judge = async (name: keyof typeof predictions, which: JudgeName, samples: Parameters<typeof judgeSamples>[2]) => {
      const judged: JudgedBatch = await judgeSamples(judges, which, samples, dataset.decibelRange);
      predictions[name].push(...judged.predictions);
      return judged;
    };
    for (const which of ['V', 'A'] as const) {
      const judged = await judge(which, which, which === 'V' ? { images } : { sounds });
      features[which].push(...judged.features);
      logProbabilities[which].push(...judged.logProbabilities);
    }
    progress.status('classifying real pairs', done, pairs.length);
    if (!fused) return;
    const [noImages, noSounds] = tidy(() => [zerosLike(images), zerosLike(sounds)]);
    await judge('VA', 'VA', { images, sounds });
    await judge('zeroImage', 'VA', { images: noImages, sounds });
    await judge('zeroSound', 'VA', { images, sounds: noSounds });
    noImages.dispose();
    noSounds.dispose();
  });
  return { pairs, actual: classIdsOf(pairs, judges), predictions, features, logProbabilities };
}
