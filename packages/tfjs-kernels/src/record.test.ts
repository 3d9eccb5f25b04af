import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, it } from 'vitest';
import { activeRecording, canRecord, record, recordingPays, registerRecorder, setActiveRecording } from './record';
import type { Recorded } from './record';

const recorded = <T>(outputs: T): Recorded<T> => ({
  ...{ outputs, write: () => undefined, replay: () => undefined, isUsable: () => true, dispose: () => undefined },
});

afterEach(() => setActiveRecording(undefined));

it('names the backend that cannot record, and the way on', async () => {
  await tf.setBackend('cpu');
  expect(canRecord()).toBe(false);
  const recording = record(() => tf.scalar(1), { inputs: [] });
  await expect(recording).rejects.toThrow(
    'must be started by useWasmKernels or useWebgpuKernels of @cmcgan/tfjs-kernels, got cpu',
  );
});

it('hands the step and its inputs to the recorder of the current backend', async () => {
  const input = tf.scalar(2);
  registerRecorder('cpu', { record: async (step, inputs) => (expect(inputs).toEqual([input]), recorded(step())) });
  expect(canRecord()).toBe(true);
  expect((await record(() => input, { inputs: [input] })).outputs).toBe(input);
  registerRecorder('cpu', { record: async () => Promise.reject(new Error('the latest')) });
  await expect(record(() => input, { inputs: [] })).rejects.toThrow('the latest');
});

it('asks the recorder whether a recording pays', () => {
  registerRecorder('cpu', { record: async (step) => recorded(step()) });
  expect(recordingPays()).toBe(true);
  registerRecorder('cpu', { record: async (step) => recorded(step()), pays: () => false });
  expect([canRecord(), recordingPays()]).toEqual([true, false]);
});

it('refuses what is no step, and no input', async () => {
  await expect(record(3 as never, { inputs: [] })).rejects.toThrow('record: step must be a function, got number');
  await expect(record(() => tf.scalar(1), {} as never)).rejects.toThrow('record: inputs must be an array of tensors');
  const gone = tf.zeros([2, 3]);
  gone.dispose();
  await expect(record(() => tf.scalar(1), { inputs: [gone] })).rejects.toThrow('one of shape [2,3] is');
});

it('refuses a recording inside another', async () => {
  setActiveRecording({ runChanging: (attrs, run) => run(attrs()) });
  expect(activeRecording()).toBeDefined();
  await expect(record(() => tf.scalar(1), { inputs: [] })).rejects.toThrow('must not start another recording');
});
