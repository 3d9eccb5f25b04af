import { consistencyLoss, modeSeekingLoss } from '@cmcgan/losses';
import { endOf, takeRoles, waysOf } from '@cmcgan/model';
import type { Generated, GeneratedRole } from '@cmcgan/model';
import { addN, concat, mul, slice, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core';
import type { Judged, RealFeatures } from './adversaries/adversary';
import { consistencyOf } from './consistency';
import { encoderInputs } from './step-inputs';
import { withParts } from './step-losses';
import type { LossParts, WeightedPart } from './step-losses';
import type { StepContext } from './step-context';

/** What the generator's loss is computed from. */
export interface GeneratorLossInputs extends Judged {
  /** z of the generated samples. */
  latents: Generated;
  real: RealFeatures;
}

/**
 * The generator's loss (paper: Eq. 2 and 3), and its parts: the adversarial one, and those with a weight, of which `total` is the weighted sum. To be
 * called inside a tape.
 */
export function generatorLoss(context: StepContext, inputs: GeneratorLossInputs): LossParts {
  const { adversary, options } = context;
  const { adversarial, features, classification, contrastive } = adversary.generatorLoss(inputs, inputs.real);
  const parts: WeightedPart[] = [];
  if (options.supervised.length > 0) {
    parts.push({ name: 'consistency', weight: options.lambda, loss: consistencyOf(options, inputs) });
  }
  if (options.featureMatching > 0 && features.length > 0) {
    const loss: Scalar = mul(consistencyLoss(features), 1 / features.length);
    parts.push({ name: 'featureMatching', weight: options.featureMatching, loss });
  }
  if (classification) parts.push({ name: 'classification', weight: options.classification, loss: classification });
  if (options.contrastive > 0 && contrastive) {
    parts.push({ name: 'contrastive', weight: options.contrastive, loss: contrastive() });
  }
  if (options.modeSeeking > 0) {
    parts.push({ name: 'modeSeeking', weight: options.modeSeeking, loss: modeSeekingOf(context, inputs) });
  }
  return withParts({ total: adversarial, ...(parts.length > 0 && { adversarial }) }, parts);
}

/**
 * The mode-seeking loss of all that is generated from the other modality, direct outputs and path ends, summed. They are compared with what the
 * generator makes of the next sample's latents, which are drawn independently.
 */
function modeSeekingOf({ model, paths }: StepContext, { batch, generated, latents }: GeneratorLossInputs): Scalar {
  const ways = waysOf(model.roles);
  const roles = ways.map(endOf);
  const passes = ways.flatMap((way) => way.passes);
  const otherLatents = Object.fromEntries(passes.map((role) => [role, rolled(latents[role]!)])) as Generated;
  const others = model.generateBatches({
    ...{ samples: encoderInputs(batch), latents: otherLatents, roles, ...paths, statistics: 'batch' },
  });
  const lossOf = (role: GeneratedRole) =>
    modeSeekingLoss({
      ...{ samples: takeRoles(generated, [role]), others: takeRoles(others, [role]) },
      ...{ latents: latents[role]!, otherLatents: otherLatents[role]! },
    });
  return addN(roles.map(lossOf));
}

/** The samples of a batch, each in the place of the one before it. */
const rolled = (batch: Tensor4D): Tensor4D => tidy(() => concat([slice(batch, 1), slice(batch, 0, 1)]));
