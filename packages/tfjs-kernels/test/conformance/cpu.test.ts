import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import { setBackend } from '@tensorflow/tfjs-core';
import { defineConformance } from './define-conformance';

// The fallback of every backend: our functions, composed of ordinary operations.
defineConformance({
  name: 'cpu, composed',
  convolutions: [],
  start: async () => void (await setBackend('cpu')),
});
