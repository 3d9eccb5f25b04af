import { UserError } from '@cmcgan/command-line';
import type { Backend, BackendOptions, RunningBackend } from './backend';
import { cpu } from './cpu';
import { tfjsNode, tfjsNodeGpu } from './native-tensorflow';
import { wasm } from './wasm';
import { webgpu } from './webgpu';

/** All backends, the default first. To add one: one file and one row. */
export const BACKENDS: readonly Backend[] = [wasm, webgpu, tfjsNodeGpu, tfjsNode, cpu];

/** Stands for the fastest backend that works here. */
export const AUTO = 'auto';

/** Names that --backend takes. */
export const BACKEND_NAMES: readonly string[] = [...BACKENDS.map(({ name }) => name), AUTO];

/** Other common names of the backends. */
export const BACKEND_SYNONYMS: Readonly<Record<string, string>> = {
  gpu: 'webgpu',
  cuda: 'tfjs-node-gpu',
  nvidia: 'tfjs-node-gpu',
  vulkan: 'webgpu',
  metal: 'webgpu',
  mps: 'webgpu',
  tensorflow: 'tfjs-node',
  webassembly: 'wasm',
  js: 'cpu',
};

/**
 * Starts the named backend (one of {@link BACKENDS}) and makes it TensorFlow.js' current one.
 *
 * @throws UserError with the remedy, if it is not available
 */
export async function startBackend(name: string, options: BackendOptions): Promise<RunningBackend> {
  const backend = BACKENDS.find((candidate) => candidate.name === name);
  if (!backend) throw new Error(`startBackend: name must be one of ${BACKENDS.map((each) => each.name).join(', ')}, got ${name}`);
  const availability = await backend.availability();
  if (!availability.available) {
    throw new UserError(`--backend ${name}: ${availability.reason}; ${availability.remedy}`);
  }
  const { enableProdMode } = await import('@tensorflow/tfjs-core');
  enableProdMode(); // otherwise TensorFlow.js advertises its native backends
  return backend.start(options);
}
