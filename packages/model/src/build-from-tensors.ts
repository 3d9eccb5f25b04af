import type { TensorData } from './safetensors';
import type { InitialValues } from './layers/initial-values';

export interface NamedTensors {
  tensors: Record<string, TensorData>;
  /** What to call the tensors' origin in an error. */
  source: string;
  /** For error messages: the function that was called. */
  functionName: string;
}

/**
 * Builds a model whose variables start with the tensors of their names.
 *
 * @throws where one is missing, has another shape, or belongs to no variable of the model
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

/** A configuration as `saveModel` writes it into config.json: with the name of its architecture. */
export type SavedConfig<Config> = Config & { readonly architecture?: string };

/**
 * The configuration without the name of its architecture.
 *
 * @throws where that is not the one `expected`
 */
export function withoutArchitecture<Config extends object>(
  { architecture, ...config }: SavedConfig<Config>,
  { expected, functionName }: { expected: string; functionName: string },
): Omit<Config, 'architecture'> {
  if (architecture === undefined || architecture === expected) return config;
  throw new Error(`${functionName}: config must be of the architecture ${expected}, got ${architecture}`);
}
