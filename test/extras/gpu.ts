import { inject } from 'vitest';
import { reportMissing } from './report-missing';

/** What a process needs in its environment to have a GPU on Node, or why it can't have one. */
export type FoundGpu = { description: string; env: Record<string, string> } | { missing: string };

declare module 'vitest' {
  export interface ProvidedContext {
    gpu: FoundGpu;
  }
}

/**
 * Whether a test can have a WebGPU device on Node, which this process and those that it starts are then made ready for. Says on the
 * screen that `subject` is not tested on webgpu where it can't.
 */
export function hasGpu(subject: string): boolean {
  const found = inject('gpu');
  if ('missing' in found) reportMissing(`there is no GPU, so ${subject} is not tested on webgpu: ${found.missing}`);
  else Object.assign(process.env, found.env);
  return !('missing' in found);
}
