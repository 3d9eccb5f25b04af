import { parentPort } from 'node:worker_threads';
import { toBrokenFile, type FileProblem } from '../check/broken-file';
import { computeFeature, type FeatureResult, type FeatureTask } from './compute-feature';

/** A request to a worker thread. */
export interface WorkerRequest {
  id: number;
  task: FeatureTask;
}

/** Its response, with errors as plain values, since instances lose their class on the way between threads. */
export type WorkerResponse =
  { id: number; result: FeatureResult } | { id: number; broken: { problem: FileProblem; path: string; message: string } };

/** Computes features on a worker thread until its port is closed. */
parentPort?.on('message', ({ id, task }: WorkerRequest) => {
  computeFeature(task).then(
    (result) => {
      // Copies a view of a larger buffer (from sharp, for example), so that the rest of the buffer is not transferred.
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
