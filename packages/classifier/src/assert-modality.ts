import type { Classifier } from './classifier';
import type { ClassifierModality } from './config';

/** @throws if the classifier, given to a function under the name of a modality, is not of that modality */
export function assertModality(
  functionName: string,
  name: ClassifierModality,
  { config: { modality } }: Pick<Classifier, 'config'>,
): void {
  if (modality === name) return;
  throw new Error(`${functionName}: ${name} must be a classifier of modality ${name}, got ${modality}`);
}
