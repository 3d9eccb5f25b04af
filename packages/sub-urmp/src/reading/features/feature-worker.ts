import { parentPort } from 'node:worker_threads';
import { toBrokenFile, type FileProblem } from '../check/broken-file';
import { computeFeature, type FeatureResult, type FeatureTask } from './compute-feature';

/** What a worker thread is asked. */
export interface WorkerRequest {
  id: number;
  task: FeatureTask;
}

/** What it answers: errors as plain values, since a class does not survive the way between threads. */
export type WorkerResponse =
  { id: number; result: FeatureResult } | { id: number; broken: { problem: FileProblem; path: string; message: string } };

/** Computes features on a thread of its own until its port is closed. */
parentPort?.on('message', ({ id, task }: WorkerRequest) => {
  computeFeature(task).then(
    (result) => {
      // A view of a larger buffer (sharp's, say) is copied, so that nothing else travels with it.
      const feature = result.feature && Uint8Array.from(result.feature);
      const response: WorkerResponse = { id, result: { ...result, feature } };
      parentPort?.postMessage(response, feature ? [feature.buffer] : []);
    },
    (error: unknown) => {
      const { problem, path, message } = toBrokenFile(error, task.path);
      const response: WorkerResponse = { id, broken: { problem, path, message } };
      parentPort?.postMessage(response);
    },
  );
});
