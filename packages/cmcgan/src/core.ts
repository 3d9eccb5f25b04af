import type { DecibelRange } from '@cmcgan/audio-features';
import type { GenerationRequest } from './generate-samples';
import type { Platform } from './platform';

/** What the functions of a model work with. */
export interface Core {
  readonly platform: Platform;
  /** The dB that -1 and 1 of the networks' sounds stand for. */
  readonly decibelRange: DecibelRange;
  /** Generates samples with the model's networks. @throws if the model has been disposed of */
  generate(request: GenerationRequest): Promise<Float32Array[]>;
}
