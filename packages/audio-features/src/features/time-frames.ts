import { assertArgument, assertFiniteSamples, assertInteger, assertOneOf } from '../assert-argument';
import type { OptionNames } from '../assert-options';
import { framingNames } from '../fourier/frame-plan';
import { fillFrame, PAD_MODES, type PadMode } from '../fourier/padding';
import type { Blocks } from './block-energies';
import { greatestCommonDivisor } from '../greatest-common-divisor';

/** How a signal is cut into frames that are not transformed. Sizes in samples. */
export interface TimeFraming {
  /** Default 2048. */
  frameSize?: number;
  /** Default frameSize / 4, rounded down. */
  hopSize?: number;
  /** Frame t is centred on sample t·hopSize (true, the default), or starts there. */
  center?: boolean;
  /** How the signal is padded if frames are centred. */
  padMode?: PadMode;
}

export const timeNames = (): OptionNames<TimeFraming> => ({
  frameSize: 'framelength buffersize',
  hopSize: framingNames().hopSize,
  center: '',
  padMode: '',
});

/** Fills in the defaults and checks the values. */
export function resolveTimeFraming(framing: TimeFraming, usualPadMode: PadMode, where: string): Required<TimeFraming> {
  const { frameSize = 2048, hopSize = Math.max(1, frameSize >> 2), center = true } = framing;
  const { padMode = usualPadMode } = framing;
  assertInteger({ frameSize }, where, 2);
  assertInteger({ hopSize }, where, 1);
  assertOneOf({ center }, where, [true, false]);
  assertOneOf({ padMode }, where, PAD_MODES);
  return { frameSize, hopSize, center, padMode };
}

/** How far the first frame starts before the signal. */
const leadOf = ({ frameSize, center }: Required<TimeFraming>) => (center ? frameSize >> 1 : 0);

const countTimeFrames = (sampleCount: number, framing: Required<TimeFraming>) =>
  Math.max(0, 1 + Math.floor((sampleCount + 2 * leadOf(framing) - framing.frameSize) / framing.hopSize));

/** Calls `use` with each frame's samples [frameSize], which are overwritten by the next. Returns the number of frames. */
export function forEachTimeFrame(
  samples: Float32Array,
  framing: Required<TimeFraming>,
  where: string,
  use: (frame: Float32Array, index: number) => void,
): number {
  assertArgument(samples.length > 0, where, 'samples must not be empty', samples.length);
  assertFiniteSamples(samples, where);
  const { frameSize, hopSize, padMode } = framing;
  const frameCount = countTimeFrames(samples.length, framing);
  const frame = new Float32Array(frameSize);
  for (let index = 0; index < frameCount; index++) {
    fillFrame(frame, samples, index * hopSize - leadOf(framing), padMode);
    use(frame, index);
  }
  return frameCount;
}

/** A sum over the samples of a frame, such as its energy, computed from blocks that frames share. */
export interface FrameSum {
  /** The sum over the samples from `from` to `to`; if from > 0, `samples[from - 1]` is the one before. Not finite if one isn't. */
  sumOf(samples: Float32Array, from: number, to: number): number;
  /** `sumOf` for several blocks at once, if that is faster. */
  sumsOf?(samples: Float32Array, blocks: Blocks): Float64Array | undefined;
  /** Whether the first sample of a frame adds nothing, having no predecessor in the frame. */
  comparesNeighbours: boolean;
}

/** The shortest block that saves more than it costs. */
const LEAST_BLOCK = 32;

/** The sum of each frame. Float64Array [frames] */
export function sumTimeFrames(
  samples: Float32Array,
  framing: Required<TimeFraming>,
  where: string,
  frameSum: FrameSum,
): Float64Array {
  const { frameSize, hopSize, center } = framing;
  const block = [hopSize, center ? frameSize >> 1 : 0].reduce((a, b) => greatestCommonDivisor(a, b), frameSize);
  if (block >= LEAST_BLOCK) return sumBlocks(samples, framing, where, { ...frameSum, block });
  const sums: number[] = [];
  forEachTimeFrame(samples, framing, where, (frame) => {
    sums.push(frameSum.sumOf(frame, frameSum.comparesNeighbours ? 1 : 0, frameSize));
  });
  return Float64Array.from(sums);
}

/** For overlapping frames: each consists of whole blocks, which are summed once. */
function sumBlocks(
  samples: Float32Array,
  framing: Required<TimeFraming>,
  where: string,
  { block, ...frameSum }: FrameSum & { block: number },
): Float64Array {
  assertArgument(samples.length > 0, where, 'samples must not be empty', samples.length);
  const { frameSize, hopSize, padMode } = framing;
  const frameCount = countTimeFrames(samples.length, framing);
  const count = frameCount === 0 ? 0 : ((frameCount - 1) * hopSize + frameSize) / block;
  const blocks = { start: -leadOf(framing), block, count, padMode };
  const atOnce = frameSum.sumsOf?.(samples, blocks);
  const { sums, firsts } = atOnce ? { sums: atOnce, firsts: undefined } : sumEachBlock(samples, blocks, frameSum);
  if (!sums.every((sum) => Number.isFinite(sum))) assertFiniteSamples(samples, where);
  const frameSums = new Float64Array(frameCount);
  for (let frame = 0; frame < frameCount; frame++) {
    const first = (frame * hopSize) / block;
    let total = firsts ? -firsts[first]! : 0;
    for (let index = first; index < first + frameSize / block; index++) total += sums[index]!;
    frameSums[frame] = total;
  }
  return frameSums;
}

/** The sum of each block, and what its first sample contributes. */
function sumEachBlock(samples: Float32Array, { start, block, count, padMode }: Blocks, { sumOf, comparesNeighbours }: FrameSum) {
  const sums = new Float64Array(count);
  const firsts = new Float64Array(count);
  const piece = new Float32Array(block + 1); // with the preceding sample
  for (let index = 0; index < count; index++) {
    const at = start + index * block;
    const isInside = at > 0 && at + block <= samples.length;
    if (!isInside) fillFrame(piece, samples, at - 1, padMode);
    const [source, from] = isInside ? [samples, at] : [piece, 1];
    sums[index] = sumOf(source, from, from + block);
    if (comparesNeighbours) firsts[index] = sumOf(source, from, from + 1);
  }
  return { sums, firsts };
}
