import type { TrainedClassifier } from '@cmcgan/classifier';

/** One of the judges, by what it is shown. */
export type JudgeName = 'V' | 'A' | 'VA';
export const JUDGE_NAMES = ['V', 'A', 'VA'] as const;

/** What people call them. */
export const JUDGE_TITLES: Readonly<Record<JudgeName, string>> = {
  V: 'image judge',
  A: 'sound judge',
  VA: 'image-and-sound classifier',
};

/**
 * The frozen classifiers that score: V and A are the judge of generated images and sounds (Table 1) and the unimodal classifiers of Table
 * 2; VA is its multimodal one. All are trained on real pairs of a training split only.
 */
export interface Judges extends Readonly<Record<JudgeName, TrainedClassifier>> {
  /** A class id is an index into it. */
  readonly classNames: readonly string[];
  dispose(): void;
}

/** Three trained classifiers as judges, which take them over. @throws where one is of another modality or of other classes */
export function createJudges(classifiers: Readonly<Record<JudgeName, TrainedClassifier>>): Judges {
  const { classNames } = classifiers.V.classifier.config;
  for (const name of JUDGE_NAMES) {
    const { config } = classifiers[name].classifier;
    if (config.modality !== name) {
      throw new Error(`createJudges: ${name} must be a classifier of modality ${name}, got ${config.modality}`);
    }
    if (config.classNames.join('\n') !== classNames.join('\n')) {
      throw new Error(
        `createJudges: ${name} must have V's classes ${classNames.join(', ')}, got ${config.classNames.join(', ')}`,
      );
    }
  }
  const { V, A, VA } = classifiers;
  const dispose = () => [V, A, VA].forEach(({ classifier }) => classifier.dispose());
  return { V, A, VA, classNames, dispose };
}

/** Obtains the three classifiers one after another; where one fails, those before it are disposed of. */
export async function collectJudges(obtain: (name: JudgeName) => Promise<TrainedClassifier>): Promise<Judges> {
  const obtained: TrainedClassifier[] = [];
  try {
    for (const name of JUDGE_NAMES) obtained.push(await obtain(name));
    const [V, A, VA] = obtained;
    return createJudges({ V, A, VA });
  } catch (error) {
    obtained.forEach(({ classifier }) => classifier.dispose());
    throw error;
  }
}
