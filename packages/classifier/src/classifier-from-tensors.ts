import type { TensorData } from '@cmcgan/model';
import { buildClassifier } from './classifier';
import type { Classifier } from './classifier';
import { resolveClassifierConfig } from './config';
import type { ClassifierConfig } from './config';

/**
 * A classifier with the weights and moving averages given by name, as `tensors()` names them.
 *
 * @param source what to call the tensors' origin in an error
 * @throws where one is missing, has another shape, or belongs to no layer of this configuration
 */
export function classifierFromTensors(
  config: ClassifierConfig,
  tensors: Record<string, TensorData>,
  source = 'tensors',
): Classifier {
  const used = new Set<string>();
  const built = buildClassifier(resolveClassifierConfig(config), (name, shape) => {
    const found = Object.hasOwn(tensors, name) ? tensors[name] : undefined;
    if (found === undefined) throw new Error(`classifierFromTensors: ${source} must hold ${name}, which is missing`);
    if (found.shape.join() !== shape.join()) {
      throw new Error(
        `classifierFromTensors: ${name} of ${source} must have the shape [${shape.join(', ')}], got [${found.shape.join(', ')}]`,
      );
    }
    used.add(name);
    return found.data;
  });
  const unknown = Object.keys(tensors).find((name) => !used.has(name));
  if (unknown === undefined) return built;
  built.dispose();
  throw new Error(`classifierFromTensors: ${source} must hold this configuration's tensors only, got ${unknown}`);
}
