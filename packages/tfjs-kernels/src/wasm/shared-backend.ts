import { engine, env, registerBackend, setBackend } from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { nodeModule } from './node-modules';
import { shareMemory } from './share-memory';

const BINARY = 'tfjs-backend-wasm-simd.wasm';
/** The address space of 32-bit WebAssembly. */
const MOST_BYTES = 2 ** 32;

/** The stock backend, including members that its types don't declare. */
export interface SharedBackend extends BackendWasm {
  wasm: BackendWasm['wasm'] & {
    asm: { memory: WebAssembly.Memory };
    _malloc(bytes: number): number;
    _free(address: number): void;
  };
}

/** Called with every backend that TensorFlow.js starts from now on, before it is used. */
export type OnStart = (backend: SharedBackend) => Promise<void>;

type Factory = { factory: () => Promise<SharedBackend>; priority: number };

/** The stock backend's own factory, and its binary with shared memory; they outlive `engine().reset()` and `removeBackend`. */
let stock: Factory | undefined;
let patched: Uint8Array<ArrayBuffer> | undefined;

/**
 * TensorFlow.js' wasm backend with its SIMD binary's memory made shared, as the current backend. Created once; later calls return it. If
 * TensorFlow.js has disposed of it (`engine().reset()`, `removeBackend`), this function or `setBackend('wasm')` creates another.
 *
 * @param binary the stock tfjs-backend-wasm-simd.wasm or its URL; default on Node: the installed package's
 */
export async function sharedBackend(
  binary?: Uint8Array | ArrayBuffer | string | URL,
  onStart: OnStart = () => Promise.resolve(),
): Promise<SharedBackend> {
  if (!('wasm' in engine().registry)) await takeOver(binary, onStart);
  const isStarted = await setBackend('wasm');
  if (!isStarted) throw new Error('useWasmKernels: the wasm backend could not be started');
  const backend = engine().backend as SharedBackend;
  if (!isSharedMemory(backend)) {
    throw new Error(
      stock
        ? 'useWasmKernels: the wasm backend must start with shared memory, but this engine started it without'
        : 'useWasmKernels: must be called before the wasm backend is first used, but it is in use already, with memory that threads cannot share',
    );
  }
  return backend;
}

/** Checked by name: a page that is not cross-origin isolated may have shared memory, but not the constructor. */
function isSharedMemory({ wasm }: SharedBackend): boolean {
  return Object.prototype.toString.call(wasm?.asm?.memory?.buffer) === '[object SharedArrayBuffer]';
}

/** Replaces the stock factory by one that calls it. */
async function takeOver(binary: Uint8Array | ArrayBuffer | string | URL | undefined, onStart: OnStart): Promise<void> {
  if (!(await env().getAsync('WASM_HAS_SIMD_SUPPORT'))) {
    throw new Error('useWasmKernels: the JavaScript engine must support WebAssembly SIMD, but it does not');
  }
  const factories = engine().registryFactory as unknown as Record<string, Factory | undefined>;
  stock ??= factories.wasm;
  if (!stock) throw new Error("useWasmKernels: must be called before removeBackend('wasm'), which leaves nothing to start");
  patched ??= shareMemory(await stockBinary(binary));
  const { factory, priority } = stock;
  delete factories.wasm; // otherwise the next line would count as a second registration
  registerBackend('wasm', () => start(factory, onStart), priority);
}

async function start(factory: Factory['factory'], onStart: OnStart): Promise<SharedBackend> {
  const url = URL.createObjectURL(new Blob([patched as Uint8Array<ArrayBuffer>], { type: 'application/wasm' }));
  // The kernels of this package bring their own threads; the backend's other, threaded binary is not used.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({ 'tfjs-backend-wasm.wasm': url, [BINARY]: url, 'tfjs-backend-wasm-threaded-simd.wasm': url }, true);
  try {
    const backend = await factory();
    throwWhenMemoryEnds(backend);
    refuseNegativeShapes(backend);
    if (isSharedMemory(backend)) await onStart(backend);
    return backend;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** The stock backend ignores a failed allocation and writes at address 0. */
function throwWhenMemoryEnds({ wasm }: SharedBackend): void {
  wasm._free(wasm._malloc(1)); // Emscripten replaces this stub by the function itself on the first call
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    const address = bytes < MOST_BYTES ? allocate(bytes) : 0;
    if (address === 0 && bytes > 0) {
      const held = mebibytes(wasm.asm.memory.buffer.byteLength);
      throw new Error(
        `wasm backend: memory must stay below 4 GiB, got ${held} MiB held and ${mebibytes(bytes)} MiB more requested; dispose of tensors (tf.tidy does) or use smaller batches`,
      );
    }
    return address;
  };
}

/** The stock kernels take a window larger than its input to have a negative number of outputs, and write them before the tensor. */
function refuseNegativeShapes(backend: SharedBackend): void {
  const { makeOutput } = backend;
  backend.makeOutput = (shape, ...others) => {
    if (shape.every((size) => size >= 0)) return makeOutput.call(backend, shape, ...others);
    throw new Error(
      `wasm backend: a result must have sizes of at least 0, got [${shape.join(', ')}]; the filter or window is larger than what it slides over`,
    );
  };
}

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(bytes < 2 ** 20 ? 3 : 0);

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
  const manifest = modules.createRequire(thisFile()).resolve('@tensorflow/tfjs-backend-wasm/package.json');
  return files.readFileSync(manifest.replace(/package\.json$/, `dist/${BINARY}`));
}

/** The path of this copy of the package. */
export const thisFile = (): string => (typeof __filename === 'string' ? __filename : import.meta.url);
