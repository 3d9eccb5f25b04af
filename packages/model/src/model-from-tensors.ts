import { buildChenGan } from './baselines/chen-gan';
import type { ChenGan } from './baselines/chen-gan';
import { resolveChenConfig } from './baselines/chen-config';
import type { ChenConfig } from './baselines/chen-config';
import { buildFromTensors } from './build-from-tensors';
import { buildCmcgan } from './cmcgan';
import type { Cmcgan } from './cmcgan';
import { resolveConfig } from './config';
import type { CmcganConfig } from './config';
import type { Architecture } from './cross-modal-model';
import { seededInitialValues } from './layers/initial-values';
import type { InitialValues } from './layers/initial-values';
import type { TensorData } from './safetensors';

/** A configuration with the name of its architecture, as `saveModel` writes it into config.json. */
type SavedConfig<Config> = Config & { readonly architecture?: string };

/**
 * Builds a model with the given weights and moving averages by name, as returned by `tensors()` and stored in a checkpoint. If there are none of
 * the discriminator, as in weights that are released to generate with, it is a new one, which has learnt nothing.
 *
 * @param config the configuration, or the whole content of a saved model's config.json
 * @param source name of the tensors' origin, for error messages
 * @throws if a tensor is missing, has another shape, or belongs to no layer of this configuration
 */
type ModelFromTensors<Config, Model> = (
  config: SavedConfig<Config>,
  tensors: Record<string, TensorData>,
  source?: string,
) => Model;

interface Maker<Config, Model> {
  architecture: Architecture;
  resolve(config: Config): Config;
  build(config: Config, initialValues: InitialValues): Model;
}

function modelFromTensors<Config extends object, Model extends { dispose(): void }>(
  functionName: string,
  { architecture: expected, resolve, build }: Maker<Config, Model>,
): ModelFromTensors<Config, Model> {
  return ({ architecture = expected, ...config }, tensors, source = 'tensors') => {
    if (architecture !== expected) {
      throw new Error(`${functionName}: config must be of the architecture ${expected}, got ${architecture}`);
    }
    const whole = resolve(config as unknown as Config);
    const complete = Object.keys(tensors).some(isOfDiscriminator) ? sameValues : withNewDiscriminator;
    return buildFromTensors({ tensors, source, functionName }, (initialValues) => build(whole, complete(initialValues)));
  };
}

const isOfDiscriminator = (name: string) => name.startsWith('discriminator.');
const sameValues = (initialValues: InitialValues): InitialValues => initialValues;

function withNewDiscriminator(initialValues: InitialValues): InitialValues {
  const newValues = seededInitialValues(1);
  return (name, shape, initial) => (isOfDiscriminator(name) ? newValues : initialValues)(name, shape, initial);
}

/** Builds a CMCGAN from its configuration and its tensors by name; see {@link ModelFromTensors}. */
export const cmcganFromTensors = /* @__PURE__ */ modelFromTensors<CmcganConfig, Cmcgan>('cmcganFromTensors', {
  architecture: 'cmcgan',
  resolve: resolveConfig,
  build: buildCmcgan,
});

/** Builds a baseline from its configuration and its tensors by name; see {@link ModelFromTensors}. */
export const chenGanFromTensors = /* @__PURE__ */ modelFromTensors<ChenConfig, ChenGan>('chenGanFromTensors', {
  architecture: 'chen',
  resolve: resolveChenConfig,
  build: buildChenGan,
});
