import type { Cmcgan, CrossModalModel } from '@cmcgan/model';

/** A generator of one's own: it says which ways it has and goes them. See `CrossModalModel` of @cmcgan/model. */
export type Generator = Pick<CrossModalModel, 'latentSize' | 'ways' | 'generateImage' | 'generateSound'>;

/** A model that can be evaluated: what `loadModel` of @cmcgan/model/node gives, or any {@link Generator}. */
export type EvaluatedModel = CrossModalModel | Generator;

/** A model with what tables call it. */
export interface NamedModel {
  readonly name: string;
  /** Which of the paper's models it is ('cmcgan', 's2ic', 'i2s', 's2i-n', 's2i-a'); the paper's figures of that one are put beside. */
  readonly variant?: string;
  readonly model: EvaluatedModel;
}

/** The model as a CMCGAN, which has roles and a discriminator besides; null where it is another. */
export function asCmcgan(model: EvaluatedModel): Cmcgan | null {
  return 'architecture' in model && model.architecture === 'cmcgan' ? (model as Cmcgan) : null;
}
