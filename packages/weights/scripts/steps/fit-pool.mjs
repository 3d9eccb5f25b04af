import { join } from 'node:path';
import { calibrationError, COMPLETIONS, fitPoolWeights, poolOpinions, PRIOR_WEIGHTS } from '@cmcgan/classifier';
import { loadClassifier } from '@cmcgan/classifier/node';
import { collectOpinions } from './opinions.mjs';

/**
 * Fits how much each classifier counts on the pairs that were held back from the generator and from the classifiers.
 *
 * @returns the content of pool.json
 */
export async function fitPool({ model, data, held, config, parts }) {
  const [V, A] = await Promise.all(['image', 'sound'].map((name) => loadClassifier(join(parts, name))));
  const experts = { V: V.classifier, A: A.classifier };
  const opinions = await collectOpinions(experts, { model, data, pairs: held, seed: config.options.seed });
  const byCompletion = (valueOf) => Object.fromEntries(COMPLETIONS.map((completion) => [completion, valueOf(completion)]));
  const weights = byCompletion((completion) => fitPoolWeights(opinions[completion], PRIOR_WEIGHTS[completion]));
  const errorOf = (completion, used) => calibrationError(poolOpinions(opinions[completion], used), opinions[completion].classIds);
  const calibration = byCompletion((completion) => ({
    lateFusion: errorOf(completion, { V: 1, A: 1 }),
    pooled: errorOf(completion, weights[completion]),
  }));
  for (const expert of Object.values(experts)) expert.dispose();
  return { weights, pairs: held.length, calibration };
}
