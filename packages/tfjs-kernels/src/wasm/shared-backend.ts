import { engine, env, setBackend } from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { nodeModule } from './node-modules';
import { shareMemory } from './share-memory';

const BINARY = 'tfjs-backend-wasm-simd.wasm';

/** The stock backend, of which more is used here than its types declare. */
export interface SharedBackend extends BackendWasm {
  wasm: BackendWasm['wasm'] & {
    asm: { memory: WebAssembly.Memory };
    _malloc(bytes: number): number;
    _free(address: number): void;
  };
}

/**
 * TensorFlow.js' wasm backend with its SIMD binary's memory made shared, as the current backend. Made once; later calls return it.
 *
 * @param binary the stock tfjs-backend-wasm-simd.wasm or where to fetch it; on Node the installed package's is found
 */
export async function sharedBackend(binary?: Uint8Array | ArrayBuffer | string | URL): Promise<SharedBackend> {
  const isFirst = !('wasm' in engine().registry);
  if (isFirst) await makeBackend(binary);
  await setBackend('wasm');
  const backend = engine().backend as SharedBackend;
  if (!isSharedMemory(backend)) {
    throw new Error(
      isFirst
        ? 'useWasmKernels: the wasm backend must start with shared memory, but this engine started it without'
        : 'useWasmKernels: must be called before the wasm backend is first used, but it is in use already, with memory that threads cannot share',
    );
  }
  return backend;
}

/** By name: a page that is not cross-origin isolated may have shared memory, but not the constructor. */
function isSharedMemory({ wasm }: SharedBackend): boolean {
  return Object.prototype.toString.call(wasm?.asm?.memory?.buffer) === '[object SharedArrayBuffer]';
}

async function makeBackend(binary?: Uint8Array | ArrayBuffer | string | URL): Promise<void> {
  if (!(await env().getAsync('WASM_HAS_SIMD_SUPPORT'))) {
    throw new Error('useWasmKernels: the JavaScript engine must support WebAssembly SIMD, but it does not');
  }
  const patched = new Blob([shareMemory(await stockBinary(binary))], { type: 'application/wasm' });
  const url = URL.createObjectURL(patched);
  // The kernels of this package bring their own threads; the backend's other, threaded binary is left aside.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({ 'tfjs-backend-wasm.wasm': url, [BINARY]: url, 'tfjs-backend-wasm-threaded-simd.wasm': url }, true);
  try {
    if (!(await setBackend('wasm'))) throw new Error('useWasmKernels: the wasm backend could not be started');
    throwWhenMemoryEnds(engine().backend as SharedBackend);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** The stock backend ignores a failed allocation and writes at address 0. */
function throwWhenMemoryEnds({ wasm }: SharedBackend): void {
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    const address = allocate(bytes);
    if (address === 0 && bytes > 0) {
      const heldMebibytes = Math.round(wasm.asm.memory.buffer.byteLength / 2 ** 20);
      throw new Error(`wasm backend: memory must stay below 4 GiB; ${heldMebibytes} MiB held, ${bytes} bytes more asked for`);
    }
    return address;
  };
}

async function stockBinary(binary?: Uint8Array | ArrayBuffer | string | URL): Promise<Uint8Array> {
  if (binary instanceof Uint8Array) return binary;
  if (binary instanceof ArrayBuffer) return new Uint8Array(binary);
  if (binary !== undefined) {
    const response = await fetch(binary);
    if (!response.ok) throw new Error(`useWasmKernels: binary must be a reachable URL, got ${binary} (${response.status})`);
    return new Uint8Array(await response.arrayBuffer());
  }
  const modules = nodeModule<typeof import('node:module')>('node:module');
  const files = nodeModule<typeof import('node:fs')>('node:fs');
  if (!modules || !files)
    throw new Error(`useWasmKernels: binary must be given in a browser (the URL of ${BINARY}), got undefined`);
  const here = typeof __filename === 'string' ? __filename : import.meta.url;
  const manifest = modules.createRequire(here).resolve('@tensorflow/tfjs-backend-wasm/package.json');
  return files.readFileSync(manifest.replace(/package\.json$/, `dist/${BINARY}`));
}
