import { inject } from 'vitest';
import { reportMissing } from './report-missing';

/** The environment variables that a process needs to use a GPU on Node, or why it can't. */
export type FoundGpu = { description: string; env: Record<string, string> } | { missing: string };

declare module 'vitest' {
  export interface ProvidedContext {
    gpu: FoundGpu;
  }
}

/**
 * Whether a test can use a WebGPU device on Node. If so, prepares this process and its children for that; if not, prints that `subject`
 * is not tested on webgpu.
 */
export function hasGpu(subject: string): boolean {
  const found = inject('gpu');
  if ('missing' in found) reportMissing(`there is no GPU, so ${subject} is not tested on webgpu: ${found.missing}`);
  else Object.assign(process.env, found.env);
  return !('missing' in found);
}
