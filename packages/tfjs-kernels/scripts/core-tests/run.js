// Runs in the bundle after the tests: starts the backend in CORE_TESTS ({ kernels, threads, binary, out, only }), runs the tests (all, or those
// that `only` names), and writes their results.
import * as tf from '@tensorflow/tfjs-core';
import { writeFileSync } from 'node:fs';
import { startBackend } from 'backend-under-test';

const { out, only, ...settings } = JSON.parse(process.env.CORE_TESTS);
/** A software GPU on a busy machine takes long. */
const TEST_LIMIT_MS = 60_000;

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
  await startBackend(settings);
  makeReset();
  const results = {};
  const environment = globalThis.jasmine.getEnv();
  environment.configure({ random: false, failFast: false });
  if (only) environment.configure({ specFilter: (spec) => only.includes(spec.getFullName()) });
  environment.addReporter({
    specDone({ fullName, status, failedExpectations }) {
      results[fullName] = { status, message: failedExpectations[0]?.message.slice(0, 300) };
    },
    jasmineDone() {
      writeFileSync(out, JSON.stringify(results));
      process.exit(0);
    },
  });
  globalThis.jasmine.DEFAULT_TIMEOUT_INTERVAL = TEST_LIMIT_MS;
  console.warn = () => undefined;
  await environment.execute();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
