import type { ClassifierModality, TrainedClassifier } from '@cmcgan/classifier';

/** A judge, named by the modality that it classifies. */
export type JudgeName = ClassifierModality;
export const JUDGE_NAMES = ['V', 'A', 'VA'] as const satisfies readonly JudgeName[];

/** The judges' names in messages and reports. */
export const JUDGE_TITLES: Readonly<Record<JudgeName, string>> = {
  V: 'image judge',
  A: 'sound judge',
  VA: 'image-and-sound classifier',
};

/**
 * The frozen classifiers that score samples: V and A judge generated images and sounds (Table 1) and are the unimodal classifiers of Table
 * 2; VA is its multimodal classifier. All are trained only on real pairs of a training split.
 */
export interface Judges extends Readonly<Record<JudgeName, TrainedClassifier>> {
  /** Indexed by class id. */
  readonly classNames: readonly string[];
  dispose(): void;
}

/** Makes judges from three trained classifiers and takes ownership of them. @throws if a modality or the classes don't match */
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

/** Obtains the three classifiers one after another; if one fails, those before it are disposed of. */
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
