import { assertArgument } from '../assert-argument';
import { assertOptions, type OptionNames } from '../assert-options';
import { framingNames } from '../fourier/frame-plan';
import { PROCESSOR_NAME, type FeatureMessage, type ProcessorOptions, type TimedFeatureFrames } from './feature-messages';

export interface FeatureNodeOptions extends ProcessorOptions {
  /** URL of `@cmcgan/audio-features/worklet`. */
  workletUrl: string | URL;
  /** Called with newly completed frames, about once every `hopSize` samples. */
  onFrames(frames: TimedFeatureFrames): void;
}

/**
 * Creates an AudioWorkletNode that computes features of its input (a microphone, a media element, any node), mixed to mono, off the main
 * thread. Frames are not centred by default, so that none waits for later sound. The options are those of `createFeatureStream`, except
 * for the rate, which is the context's. `node.port.postMessage('stop')` ends it while the context continues.
 *
 * @throws RangeError for invalid options, once the worklet has checked them
 */
export async function createFeatureNode(context: BaseAudioContext, options: FeatureNodeOptions): Promise<AudioWorkletNode> {
  const where = 'createFeatureNode';
  const { workletUrl, onFrames, window, ...others } = options;
  assertArgument(workletUrl !== undefined, where, 'workletUrl must be the URL of @cmcgan/audio-features/worklet', workletUrl);
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
