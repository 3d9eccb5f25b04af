import type { FeatureFrames, FeatureStreamOptions } from '../features/create-feature-stream';

/** The name that the worklet registers its processor under. */
export const PROCESSOR_NAME = 'cmcgan-features';

/** Posted to the processor, ends it, so that the context can forget it. */
export const STOP = 'stop';

/** What the processor is made with: the context knows the rate. A window is values, since functions cannot be sent. */
export type ProcessorOptions = Omit<FeatureStreamOptions, 'sampleRateHz'>;

/** Frames from a running context. */
export interface TimedFeatureFrames extends FeatureFrames {
  /** When the first of these frames starts (its centre, if frames are centred), in the context's time. */
  timeSeconds: number;
}

/** What the processor posts. */
export type FeatureMessage =
  { kind: 'ready' } | { kind: 'error'; message: string } | { kind: 'frames'; frames: TimedFeatureFrames };
