import { assertArgument, assertFiniteSamples } from '../assert-argument';
import type { OptionNames } from '../assert-options';
import { fillFrame, PAD_MODES, type PadMode } from '../fourier/padding';

/** How a signal is cut into frames that are not transformed. Sizes in samples. */
export interface TimeFraming {
  /** Default 2048. */
  frameSize?: number;
  /** Default frameSize / 4, rounded down. */
  hopSize?: number;
  /** Frame t is centred on sample t·hopSize (true, the default), or starts there. */
  center?: boolean;
  /** What stands beyond the ends of the signal where frames are centred. */
  padMode?: PadMode;
}

export const TIME_NAMES: OptionNames<TimeFraming> = { frameSize: true, hopSize: true, center: true, padMode: true };

/** Fills in the defaults and refuses what makes no sense. */
export function resolveTimeFraming(framing: TimeFraming, padMode: PadMode, where: string): Required<TimeFraming> {
  const { frameSize = 2048, hopSize = Math.max(1, frameSize >> 2), center = true } = framing;
  const { padMode: padding = padMode } = framing;
  const sized = Number.isInteger(frameSize) && frameSize >= 2;
  assertArgument(sized, where, 'frameSize must be an integer of at least 2', frameSize);
  assertArgument(Number.isInteger(hopSize) && hopSize > 0, where, 'hopSize must be a positive integer', hopSize);
  assertArgument(typeof center === 'boolean', where, 'center must be true or false', center);
  assertArgument(PAD_MODES.includes(padding), where, `padMode must be ${PAD_MODES.join(', ')}`, padding);
  return { frameSize, hopSize, center, padMode: padding };
}

/** Calls `use` with each frame's samples [frameSize], which are overwritten by the next. Returns how many there were. */
export function forEachTimeFrame(
  samples: Float32Array,
  framing: Required<TimeFraming>,
  where: string,
  use: (frame: Float32Array, index: number) => void,
): number {
  assertArgument(samples.length > 0, where, 'samples must not be empty', samples.length);
  assertFiniteSamples(samples, where);
  const { frameSize, hopSize, padMode } = framing;
  const lead = framing.center ? frameSize >> 1 : 0;
  const frameCount = Math.max(0, 1 + Math.floor((samples.length + 2 * lead - frameSize) / hopSize));
  const frame = new Float32Array(frameSize);
  for (let index = 0; index < frameCount; index++) {
    fillFrame(frame, samples, index * hopSize - lead, padMode);
    use(frame, index);
  }
  return frameCount;
}

/** One value of each frame. Float32Array [frames] */
export function measureTimeFrames(
  samples: Float32Array,
  framing: Required<TimeFraming>,
  where: string,
  valueOf: (frame: Float32Array) => number,
): Float32Array {
  const values: number[] = [];
  forEachTimeFrame(samples, framing, where, (frame) => void values.push(valueOf(frame)));
  return Float32Array.from(values);
}
