import { mul } from '@tensorflow/tfjs-core';
import { buildChenGan, type ChenGan } from './baselines/chen-gan';
import { buildCmcgan, type Cmcgan } from './cmcgan';
import type { InitialValues } from './layers/initial-values';

/**
 * Creates a model with a copy of this one's generator, moving averages included, and with the same discriminator, which this one keeps:
 * disposing of the copy leaves it alone.
 */
export function copyGenerator<Model extends Cmcgan | ChenGan>(model: Model): Model {
  const tensors = model.tensors();
  // Through a product, whose result has memory of its own: the original may be changed in place.
  const initialValues: InitialValues = (name) => mul(tensors[name], 1);
  const copy =
    model.architecture === 'chen'
      ? buildChenGan(model.config, initialValues, model.discriminator)
      : buildCmcgan(model.config, initialValues, model.discriminator);
  return copy as Model;
}
