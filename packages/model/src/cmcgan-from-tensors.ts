import { buildCmcgan } from './cmcgan';
import type { Cmcgan } from './cmcgan';
import { resolveConfig } from './config';
import type { CmcganConfig } from './config';
import type { TensorData } from './safetensors';

/**
 * A CMCGAN with the weights and moving averages given by name, as `tensors()` names them and a checkpoint holds them.
 *
 * @param source what to call the tensors' origin in an error
 * @throws where one is missing, has another shape, or belongs to no layer of this configuration
 */
export function cmcganFromTensors(config: CmcganConfig, tensors: Record<string, TensorData>, source = 'tensors'): Cmcgan {
  const used = new Set<string>();
  const built = buildCmcgan(resolveConfig(config), (name, shape) => {
    const found = Object.hasOwn(tensors, name) ? tensors[name] : undefined;
    if (found === undefined) throw new Error(`cmcganFromTensors: ${source} must hold ${name}, which is missing`);
    if (found.shape.join() !== shape.join()) {
      throw new Error(
        `cmcganFromTensors: ${name} of ${source} must have the shape [${shape.join(', ')}], got [${found.shape.join(', ')}]`,
      );
    }
    used.add(name);
    return found.data;
  });
  const unknown = Object.keys(tensors).find((name) => !used.has(name));
  if (unknown === undefined) return built;
  built.dispose();
  throw new Error(`cmcganFromTensors: ${source} must hold this configuration's tensors only, got ${unknown}`);
}
