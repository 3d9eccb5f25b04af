import { engine } from '@tensorflow/tfjs-core';

/** Makes a test that runs on the backend; all tensors that it makes are disposed of. */
export const onBackend =
  <Row extends readonly unknown[]>(backend: { start(): Promise<void> }, test: (...row: Row) => Promise<void>) =>
  async (...row: Row): Promise<void> => {
    await backend.start();
    engine().startScope();
    try {
      await test(...row);
    } finally {
      engine().endScope();
    }
  };
