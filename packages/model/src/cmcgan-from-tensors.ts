import { buildCmcgan } from './cmcgan';
import type { Cmcgan } from './cmcgan';
import { resolveConfig } from './config';
import type { CmcganConfig } from './config';
import { buildFromTensors, withoutArchitecture, type SavedConfig } from './build-from-tensors';
import type { TensorData } from './safetensors';

/**
 * A CMCGAN with the weights and moving averages given by name, as `tensors()` names them and a checkpoint holds them.
 *
 * @param config the configuration, or all of a saved model's config.json
 * @param source what to call the tensors' origin in an error
 * @throws where one is missing, has another shape, or belongs to no layer of this configuration
 */
export function cmcganFromTensors(
  config: SavedConfig<CmcganConfig>,
  tensors: Record<string, TensorData>,
  source = 'tensors',
): Cmcgan {
  const named = { tensors, source, functionName: 'cmcganFromTensors' };
  const own = withoutArchitecture<CmcganConfig>(config, { expected: 'cmcgan', functionName: named.functionName });
  return buildFromTensors(named, (initialValues) => buildCmcgan(resolveConfig(own), initialValues));
}
