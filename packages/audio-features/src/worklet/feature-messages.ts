import type { FeatureFrames, FeatureStreamOptions } from '../features/create-feature-stream';

/** The name under which the worklet registers its processor. */
export const PROCESSOR_NAME = 'cmcgan-features';

/** Message to the processor that ends it, so that the context can release it. */
export const STOP = 'stop';

/** Options of the processor; the rate is the context's. A window must be given as values, since functions cannot be sent. */
export type ProcessorOptions = Omit<FeatureStreamOptions, 'sampleRateHz'>;

/** Frames from a running context. */
export interface TimedFeatureFrames extends FeatureFrames {
  /** When the first of these frames starts (its centre, if frames are centred), in the context's time. */
  timeSeconds: number;
}

/** Messages from the processor. */
export type FeatureMessage =
  { kind: 'ready' } | { kind: 'error'; message: string } | { kind: 'frames'; frames: TimedFeatureFrames };
