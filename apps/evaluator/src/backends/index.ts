import type { Backend, RunningBackend } from './backend';
import { cpu } from './cpu';
import { wasm } from './wasm';

/** Backends by name. To add one: one file and one row. */
const BACKENDS: readonly Backend[] = [wasm, cpu];

/** Names that --backend takes. */
export const BACKEND_NAMES: readonly string[] = BACKENDS.map(({ name }) => name);

/** Starts the named backend (one of {@link BACKEND_NAMES}) and makes it TensorFlow.js' current one. */
export async function startBackend(
  name: string,
  options: { threads: number | null; onInfo?: (line: string) => void },
): Promise<RunningBackend> {
  const backend = BACKENDS.find((candidate) => candidate.name === name);
  if (!backend) throw new Error(`startBackend: name must be one of ${BACKEND_NAMES.join(', ')}, got ${name}`);
  const { enableProdMode } = await import('@tensorflow/tfjs-core');
  enableProdMode(); // else TensorFlow.js advertises its native backends
  return backend.start(options);
}

export type { RunningBackend };
