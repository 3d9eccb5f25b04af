import { getBackend, ready } from '@tensorflow/tfjs-core';

/** What computes. */
export interface BackendOptions {
  /** A backend of TensorFlow.js. Default: the current one; if there is none, webgpu if there is a GPU, else wasm. */
  backend?: 'webgpu' | 'wasm';
  /** Threads of wasm. Default: one per core, or one where memory cannot be shared. */
  threads?: number;
}

/** TensorFlow.js' WebAssembly; on Node it is found without. */
type WasmBinary = (() => Promise<Uint8Array>) | undefined;

/** The backend that was started here last. */
let started: { name: string; description: string } | undefined;

/** Calls run one after another, since all of them change the same engine. */
let earlier: Promise<unknown> = Promise.resolve();

/**
 * Starts a backend and makes it TensorFlow.js' current one, unless one is current already and none is asked for.
 *
 * @returns its description, such as `wasm, 2 threads`
 */
export function startBackend(options: BackendOptions, wasmBinary: WasmBinary): Promise<string> {
  const result = earlier.then(() => start(options, wasmBinary));
  earlier = result.catch(() => undefined);
  return result;
}

async function start({ backend, threads }: BackendOptions, wasmBinary: WasmBinary): Promise<string> {
  const current = getBackend() as string | undefined;
  if (current !== undefined && (backend ?? current) === current && threads === undefined) {
    await ready();
    return current === started?.name ? started.description : current;
  }
  const gpu =
    backend === 'webgpu' ? await startWebgpu() : backend === undefined && threads === undefined ? await startOnGpu() : undefined;
  const description = gpu ?? (await startWasm(threads, wasmBinary));
  started = { name: getBackend(), description };
  return description;
}

/** Starts webgpu if there is a GPU on which it works; a software driver is slower than wasm. */
async function startOnGpu(): Promise<string | undefined> {
  const { probeGpu } = await import('@cmcgan/tfjs-kernels/webgpu');
  const probe = await probeGpu();
  if (!probe.found || probe.description.endsWith('(software)')) return undefined;
  return startWebgpu().catch(() => undefined);
}

async function startWebgpu(): Promise<string> {
  const { useWebgpuKernels } = await import('@cmcgan/tfjs-kernels/webgpu');
  const { description } = await useWebgpuKernels();
  return `webgpu, ${description}`;
}

/** Starts wasm on several threads, or on one where workers cannot be started. */
async function startWasm(asked: number | undefined, wasmBinary: WasmBinary): Promise<string> {
  const { useWasmKernels } = await import('@cmcgan/tfjs-kernels/wasm');
  const options = { variant: 'repeatable', binary: await wasmBinary?.() } as const; // the same seed, the same result
  const { threads } = await useWasmKernels({ ...options, threads: asked }).catch((error: unknown) => {
    if (asked !== undefined) throw error;
    return useWasmKernels({ ...options, threads: 1 });
  });
  return `wasm, ${threads} thread${threads === 1 ? '' : 's'}`;
}
