import { buildFromTensors, withoutArchitecture, type SavedConfig } from '../build-from-tensors';
import type { TensorData } from '../safetensors';
import { resolveChenConfig } from './chen-config';
import type { ChenConfig } from './chen-config';
import { buildChenGan } from './chen-gan';
import type { ChenGan } from './chen-gan';

/**
 * A baseline with the weights and moving averages given by name, as `tensors()` names them and a checkpoint holds them.
 *
 * @param config the configuration, or all of a saved model's config.json
 * @param source what to call the tensors' origin in an error
 * @throws where one is missing, has another shape, or belongs to no layer of this configuration
 */
export function chenGanFromTensors(
  config: SavedConfig<ChenConfig>,
  tensors: Record<string, TensorData>,
  source = 'tensors',
): ChenGan {
  const named = { tensors, source, functionName: 'chenGanFromTensors' };
  const own = withoutArchitecture<ChenConfig>(config, { expected: 'chen', functionName: named.functionName });
  return buildFromTensors(named, (initialValues) => buildChenGan(resolveChenConfig(own), initialValues));
}
