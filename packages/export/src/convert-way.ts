import { modalityOf, sourceOf, type LoadedModel, type Role, type Way } from '@cmcgan/model';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { convertNetwork, type Target } from './convert-network';

/** What a generator's inputs have become: a real sample, and z if the model has a latent. */
export interface WayInputs<Value> {
  readonly sample: Value;
  readonly z: Value | null;
}

/** Converts all networks on a way, as `generateSound` and `generateImage` go it with one z for all decoders. */
export function convertWay<Value>(model: LoadedModel, way: Way, { sample, z }: WayInputs<Value>, target: Target<Value>): Value {
  const latent = z === null ? [] : [z];
  const convert = (network: LayersModel, inputs: readonly Value[], role?: Role) =>
    convertNetwork({ network, inputs, role }, target);
  if (model.architecture === 'chen') {
    const { feature, generator } = model.networks;
    return convert(generator, [target.flatten(convert(feature, [sample])), ...latent]);
  }
  return way.passes.reduce((value, role) => {
    const source = sourceOf(role);
    const code = convert(model[`encoder${modalityOf(source)}`], [value], source);
    return convert(model[`decoder${modalityOf(role)}`], [code, ...latent], role);
  }, sample);
}
