import type { ClassifierPlace } from './classifier-source';
import type { OpenedFiles } from './model-source';

/** A generator's files, and where its classifier may be. */
export interface OpenedModel extends OpenedFiles {
  readonly classifiers: readonly ClassifierPlace[];
}
