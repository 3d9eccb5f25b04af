import { assertArgument } from '../assert-argument';
import { assertOptions, type OptionNames } from '../assert-options';
import { framingNames } from '../fourier/frame-plan';
import { PROCESSOR_NAME, type FeatureMessage, type ProcessorOptions, type TimedFeatureFrames } from './feature-messages';

export interface FeatureNodeOptions extends ProcessorOptions {
  /** Where the page finds `@cmcgan/audio-features/worklet`. */
  workletUrl: string | URL;
  /** Called with the frames that have become complete, about once in `hopSize` samples. */
  onFrames(frames: TimedFeatureFrames): void;
}

/**
 * An AudioWorkletNode that computes features of what is connected to it (a microphone, a media element, any node), off the main thread,
 * its channels mixed to one. Frames are not centred unless asked for, so that none waits for sound to come. The options are those of
 * `createFeatureStream` but for the rate, which is the context's. `node.port.postMessage('stop')` ends it, where the context goes on.
 *
 * @throws RangeError for options that make no sense, once the worklet has seen them
 */
export async function createFeatureNode(context: BaseAudioContext, options: FeatureNodeOptions): Promise<AudioWorkletNode> {
  const where = 'createFeatureNode';
  const { workletUrl, onFrames, window, ...others } = options;
  assertArgument(workletUrl !== undefined, where, 'workletUrl must say where @cmcgan/audio-features/worklet is', workletUrl);
  assertArgument(typeof onFrames === 'function', where, 'onFrames must be a function', onFrames);
  assertOptions(others, names(), where);
  await context.audioWorklet.addModule(workletUrl);
  const { fftSize = 2048, windowSize = fftSize } = others;
  const values = typeof window === 'function' ? window(windowSize) : window;
  const processorOptions: ProcessorOptions = values === undefined ? others : { ...others, window: values };
  const node = new AudioWorkletNode(context, PROCESSOR_NAME, { numberOfOutputs: 0, processorOptions });
  await new Promise<void>((resolve, reject) => {
    node.port.onmessage = ({ data }: MessageEvent<FeatureMessage>) => {
      if (data.kind === 'frames') onFrames(data.frames);
      else if (data.kind === 'ready') resolve();
      else reject(new RangeError(data.message));
    };
  });
  return node;
}

const names = (): OptionNames<ProcessorOptions> => ({ features: '', ...framingNames() });
