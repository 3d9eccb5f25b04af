import { resolveChenConfig } from '@cmcgan/model';
import { INSTRUMENTS } from '@cmcgan/sub-urmp';
import { assertJudge } from '../judging/judge-of-run';
import type { TrainerOptions } from '../options/trainer-options';
import { assertFeatureClassifier } from '../variants/pretrain-classifier';
import { VARIANTS, type Variant } from '../variants/variants';

/**
 * Throws unless the judge and the feature classifier, if given, can be read and fit, as far as that can be checked before the data are read
 * or simulated.
 */
export async function assertGivenModels(options: TrainerOptions): Promise<void> {
  const { featureClassifier } = options.baseline;
  await assertJudge(options.judge.source, options.data.folder === null ? { classNames: INSTRUMENTS } : {});
  const variant: Variant = VARIANTS[options.variant];
  if (featureClassifier === null || variant.family !== 'chen' || variant.networks.feature !== 'classifier') return;
  await assertFeatureClassifier(featureClassifier, resolveChenConfig({ ...variant.networks, width: options.model.width }));
}
