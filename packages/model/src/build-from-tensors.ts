import type { TensorData } from './safetensors';
import type { InitialValues } from './layers/initial-values';

export interface NamedTensors {
  tensors: Record<string, TensorData>;
  /** Name of the tensors' origin, for error messages. */
  source: string;
  /** Name of the function that was called, for error messages. */
  functionName: string;
}

/**
 * Builds a model whose variables are initialised with the tensors of the same names.
 *
 * @throws if a tensor is missing, has another shape, or belongs to no variable of the model
 */
export function buildFromTensors<Model extends { dispose(): void }>(
  { tensors, source, functionName }: NamedTensors,
  build: (initialValues: InitialValues) => Model,
): Model {
  const used = new Set<string>();
  const model = build((name, shape) => {
    const found = Object.hasOwn(tensors, name) ? tensors[name] : undefined;
    if (found === undefined) throw new Error(`${functionName}: ${source} must hold ${name}, which is missing`);
    if (found.shape.join() !== shape.join()) {
      const got = `[${found.shape.join(', ')}]`;
      throw new Error(`${functionName}: ${name} of ${source} must have the shape [${shape.join(', ')}], got ${got}`);
    }
    used.add(name);
    return found.data;
  });
  const unknown = Object.keys(tensors).find((name) => !used.has(name));
  if (unknown === undefined) return model;
  model.dispose();
  throw new Error(`${functionName}: ${source} must hold this configuration's tensors only, got ${unknown}`);
}
