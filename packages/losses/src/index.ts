export { discriminatorLoss } from './discriminator-loss';
export type { DiscriminatorLogits, DiscriminatorLoss } from './discriminator-loss';
export { generatorAdversarialLoss } from './generator-adversarial-loss';
export { consistencyLoss } from './consistency-loss';
export type { ConsistencyPair } from './consistency-loss';
export { meanAbsoluteError } from './mean-absolute-error';
export { standardDiscriminatorLoss, standardGeneratorLoss } from './standard-adversarial-loss';
export type { UnimodalLogits } from './standard-adversarial-loss';
