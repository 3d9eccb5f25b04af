import { createClassifier } from '../classifier';
import type { Classifier } from '../classifier';
import type { ClassifierOptions } from '../config';
import { provenanceOf } from '../provenance';
import type { Provenance } from '../provenance';
import type { LabelledPair } from './labelled-data';
import { scorePairs } from './score-pairs';
import { trainClassifier } from './train-classifier';
import type { TrainClassifierOptions } from './train-classifier';

/** A trained classifier with its provenance. */
export interface TrainedClassifier {
  readonly classifier: Classifier;
  readonly provenance: Provenance;
}

export interface TrainNewClassifierOptions<P extends LabelledPair> extends TrainClassifierOptions<P> {
  /** The architecture; its classes are the data's. */
  architecture: Omit<ClassifierOptions, 'classNames'>;
  /** Scored at the end and recorded, with no effect on training. */
  validationPairs?: readonly P[];
}

/** Creates a classifier, trains it on real training pairs, scores it on others, and records its provenance. The caller must dispose it. */
export async function trainNewClassifier<P extends LabelledPair>(
  options: TrainNewClassifierOptions<P>,
): Promise<TrainedClassifier> {
  const { architecture, data, pairs, heldPairs = [], validationPairs = [], seed } = options;
  const classifier = createClassifier({ ...architecture, classNames: data.classNames, seed });
  try {
    const result = await trainClassifier(classifier, options);
    const validation = validationPairs.length > 0 ? await scorePairs(classifier, data, validationPairs) : null;
    return { classifier, provenance: provenanceOf({ data, pairs, heldPairs, seed, result, validation }) };
  } catch (error) {
    classifier.dispose();
    throw error;
  }
}
