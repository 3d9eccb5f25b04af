import type { PoolWeights } from '@cmcgan/classifier';
import type { Cmcgan, CrossModalModel } from '@cmcgan/model';

/** Any generator: it lists its ways and generates along them. See `CrossModalModel` of @cmcgan/model. */
export type Generator = Pick<CrossModalModel, 'latentSize' | 'ways' | 'generateImage' | 'generateSound'>;

/** A model that can be evaluated: one returned by `loadModel` of @cmcgan/model/node, or any {@link Generator}. */
export type EvaluatedModel = CrossModalModel | Generator;

/** A model with its name in tables. */
export interface NamedModel {
  readonly name: string;
  /** Which of the paper's models it is ('cmcgan', 's2ic', 'i2s', 's2i-n', 's2i-a'), to compare it with the paper's figures. */
  readonly variant?: string;
  readonly model: EvaluatedModel;
  /** The weights of an opinion pool that `crossFitOpinionPool` of @cmcgan/classifier fitted for models of this kind. */
  readonly weights?: PoolWeights;
}

/** The model as a CMCGAN, which also has roles and a discriminator; null if it is another kind of model. */
export function asCmcgan(model: EvaluatedModel): Cmcgan | null {
  return 'architecture' in model && model.architecture === 'cmcgan' ? (model as Cmcgan) : null;
}
