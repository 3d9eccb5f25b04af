/// <reference types="@webgpu/types" />
import type { KernelContext } from '../context';
import type { RecordingBuffers } from './buffers';
import type { Command } from './commands';

/** Dispatches of which the uniforms change from step to step. */
export interface ChangingPart {
  /** The next step's uniforms, in the order of the buffers. */
  next(): ArrayBuffer[];
  uniforms: GPUBuffer[];
  /** What the last replay left in them. */
  written: Uint32Array[];
}

/** What a step did. */
export interface Recording {
  context: KernelContext;
  buffers: RecordingBuffers;
  commands: Command[];
  changing: ChangingPart[];
  /** Buffers of the dispatches' tensors. */
  used: Set<GPUBuffer>;
  /** Data that the step has made. */
  made: Set<object>;
  /** Whether the backend's commands are recorded at this moment. */
  isActive: boolean;
  /** Ends that. */
  stop?: () => void;
  /** Where the uniforms of a changing part go while it is recorded. */
  changingUniforms?: GPUBuffer[];
  /** An error that a caller may have swallowed. */
  failure?: Error;
}
