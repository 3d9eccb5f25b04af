import type { Backend } from './backend';

/** TensorFlow.js' plain JavaScript backend: very slow, a reference for the others. */
export const cpu: Backend = {
  name: 'cpu',
  summary: 'plain JavaScript: very slow, for comparison',
  availability: async () => ({ available: true, description: 'plain JavaScript on one thread' }),
  async start() {
    const tf = await import('@tensorflow/tfjs-core');
    await import('@tensorflow/tfjs-backend-cpu');
    await tf.setBackend('cpu');
    await tf.ready();
    return {
      name: 'cpu',
      threads: 1,
      description: 'cpu, plain JavaScript on one thread: slow, for comparison',
      memoryBytes: () => undefined,
      dispose: async () => {},
    };
  },
};
