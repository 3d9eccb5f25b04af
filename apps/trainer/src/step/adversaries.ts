import type { DiscriminatorConfig } from '@cmcgan/model';
import type { Adversary } from './adversary';
import { jointAdversary } from './joint-adversary';
import { standardAdversary } from './standard-adversary';

/** The adversarial loss that goes with each kind of discriminator. To add one: one file and one row. */
export const ADVERSARIES: Record<DiscriminatorConfig['kind'], Adversary> = { joint: jointAdversary, unimodal: standardAdversary };
