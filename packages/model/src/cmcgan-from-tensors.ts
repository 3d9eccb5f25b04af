import { buildCmcgan } from './cmcgan';
import type { Cmcgan } from './cmcgan';
import { resolveConfig } from './config';
import type { CmcganConfig } from './config';
import { buildFromTensors } from './build-from-tensors';
import type { TensorData } from './safetensors';

/**
 * A CMCGAN with the weights and moving averages given by name, as `tensors()` names them and a checkpoint holds them.
 *
 * @param source what to call the tensors' origin in an error
 * @throws where one is missing, has another shape, or belongs to no layer of this configuration
 */
export function cmcganFromTensors(config: CmcganConfig, tensors: Record<string, TensorData>, source = 'tensors'): Cmcgan {
  const named = { tensors, source, functionName: 'cmcganFromTensors' };
  return buildFromTensors(named, (initialValues) => buildCmcgan(resolveConfig(config), initialValues));
}
