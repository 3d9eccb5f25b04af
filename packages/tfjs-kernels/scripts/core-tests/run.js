// Runs in the bundle after the tests: starts the backend in CORE_TESTS ({ kernels, threads, binary, out }), runs the tests, writes their results.
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { writeFileSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { useWasmKernels } from '../../dist/wasm.js';

const { kernels, threads, binary, out } = JSON.parse(process.env.CORE_TESTS);

async function startBackend() {
  if (kernels === 'ours') return useWasmKernels({ threads, variant: 'repeatable', binary: new Uint8Array(readFileSync(binary)) });
  setWasmPaths(`${dirname(binary)}/`);
  await tf.setBackend('wasm');
}

/** Like engine().reset(), but keeps the backend under test. */
function makeReset() {
  const EngineState = tf.engine().state.constructor;
  const { backendName } = tf.engine();
  globalThis.resetEngine = (engine) => {
    engine.pendingBackendInitId++;
    engine.state.dispose?.();
    engine.ENV.reset();
    engine.state = new EngineState();
    for (const name of Object.keys(engine.registry).filter((other) => other !== backendName)) {
      engine.disposeRegisteredKernels(name);
      engine.registry[name].dispose();
      delete engine.registry[name];
    }
    engine.pendingBackendInit = null;
  };
}

async function main() {
  await startBackend();
  makeReset();
  const results = {};
  const environment = globalThis.jasmine.getEnv();
  environment.configure({ random: false, failFast: false });
  environment.addReporter({
    specDone({ fullName, status, failedExpectations }) {
      results[fullName] = { status, message: failedExpectations[0]?.message.slice(0, 300) };
    },
    jasmineDone() {
      writeFileSync(out, JSON.stringify(results));
      process.exit(0);
    },
  });
  console.warn = () => undefined;
  await environment.execute();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
