import * as tf from '@tensorflow/tfjs-core';
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { useWasmKernels } from '../../dist/wasm.js';

setTestEnvs([{ name: 'test-wasm', backendName: 'wasm', isDataSync: true }]);

/** Starts the stock backend, or ours with `threads`; `binary` is the path of the stock module. */
export async function startBackend({ kernels, threads, binary }) {
  if (kernels === 'ours') return useWasmKernels({ threads, variant: 'repeatable', binary: new Uint8Array(readFileSync(binary)) });
  setWasmPaths(`${dirname(binary)}/`);
  await tf.setBackend('wasm');
}
