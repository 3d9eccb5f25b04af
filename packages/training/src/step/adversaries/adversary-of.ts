import type { ChenGan, Cmcgan } from '@cmcgan/model';
import type { Adversary } from './adversary';
import { conditionalAdversary } from './conditional-adversary';
import { jointAdversary } from './joint-adversary';
import { standardAdversary } from './standard-adversary';

/** Adversarial losses by the kind of CMCGAN's discriminator. To add one: one file and one row. */
const CMCGAN_ADVERSARIES = { joint: jointAdversary, unimodal: standardAdversary } as const;

/** The adversarial loss that a model is trained with. */
export function adversaryOf(model: Cmcgan | ChenGan): Adversary {
  if (model.architecture === 'chen') return conditionalAdversary(model);
  return CMCGAN_ADVERSARIES[model.config.discriminator.kind](model);
}
