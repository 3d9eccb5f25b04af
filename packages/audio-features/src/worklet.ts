// The AudioWorklet script: `audioContext.audioWorklet.addModule` loads it, `createFeatureNode` communicates with it. It uses nothing that
// an AudioWorkletGlobalScope lacks (no atob, no fetch, no TextDecoder).
import { createFeatureStream } from './features/create-feature-stream';
import { PROCESSOR_NAME, STOP, type FeatureMessage, type ProcessorOptions } from './worklet/feature-messages';

export { PROCESSOR_NAME };

/** Globals of an AudioWorkletGlobalScope, which TypeScript's library does not declare. */
declare const sampleRate: number;
declare const currentTime: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(
  name: string,
  processor: new (options: { processorOptions: ProcessorOptions }) => unknown,
): void;

/** Loaded anywhere else, such as by a bundler that checks its exports, this registers nothing. */
if ('registerProcessor' in globalThis) registerFeatureProcessor();

function registerFeatureProcessor(): void {
  class FeatureProcessor extends AudioWorkletProcessor {
    private take: ((channels: Float32Array[]) => void) | undefined;

    constructor({ processorOptions }: { processorOptions: ProcessorOptions }) {
      super();
      const post = (message: FeatureMessage, transfer: Transferable[] = []) => this.port.postMessage(message, transfer);
      this.port.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (data === STOP) this.take = undefined;
      };
      try {
        this.take = takeBlocks(processorOptions, post);
        post({ kind: 'ready' });
      } catch (error) {
        post({ kind: 'error', message: (error as Error).message });
      }
    }

    process([channels]: Float32Array[][]): boolean {
      if (channels && channels.length > 0) this.take?.(channels);
      return this.take !== undefined;
    }
  }
  registerProcessor(PROCESSOR_NAME, FeatureProcessor);
}

/** Collects blocks from the context, mixed to one channel, until there is a hop of them, and posts the resulting frames. */
function takeBlocks(options: ProcessorOptions, post: (message: FeatureMessage, transfer: Transferable[]) => void) {
  const stream = createFeatureStream({ center: false, ...options, sampleRateHz: sampleRate });
  const { fftSize = 2048, hopSize = Math.max(1, fftSize >> 2) } = options;
  const gathered = new Float32Array(hopSize);
  let held = 0;
  let received = 0;
  let frame = 0;

  /** `blockSamples`: how many samples of the current block have been collected. */
  function emit(blockSamples: number): void {
    const { frameCount, features } = stream.push(gathered);
    held = 0;
    received += hopSize;
    if (frameCount === 0) return;
    const timeSeconds = currentTime + (blockSamples - received + frame * hopSize) / sampleRate;
    frame += frameCount;
    const buffers = Object.values(features).map(({ buffer }) => buffer as ArrayBuffer);
    post({ kind: 'frames', frames: { frameCount, features, timeSeconds } }, buffers);
  }

  return (channels: Float32Array[]) => {
    const length = channels[0]!.length;
    for (let n = 0; n < length; n++) {
      let sum = 0;
      for (const channel of channels) sum += channel[n]!;
      gathered[held++] = sum / channels.length;
      if (held === hopSize) emit(n + 1);
    }
  };
}
