import { assertArgument, assertInteger, assertOneOf } from '../assert-argument';
import type { OptionNames } from '../assert-options';
import { openSpectrumMemory, type ArrayTable, type SpectrumMemory } from '../wasm/spectrum-memory';
import type { SpectrumModule } from '../wasm/spectrum-module';
import { fourierArrays, prepareFourier } from './fourier-arrays';
import { fillFrame, PAD_MODES, type PadMode } from './padding';
import { hann, type WindowFunction } from './window';

/** How a signal is cut into frames: the framing of librosa's `stft`. Sizes in samples. */
export interface Framing {
  /** Length of the Fourier transform, any integer of at least 2. Default 2048. */
  fftSize?: number;
  /** Distance between the starts of neighbouring frames. Default fftSize / 4, rounded down. */
  hopSize?: number;
  /** Length of the window, at most fftSize; it is padded with zeros on both sides. Default fftSize. */
  windowSize?: number;
  /** `hann` (the default), `hamming`, `kaiser(beta)` … or values [windowSize]. */
  window?: WindowFunction | Float32Array | Float64Array;
  /** Frame t is centred on sample t·hopSize, with padding beyond the ends (true, the default), or starts there (false). */
  center?: boolean;
  /** How the signal is padded if frames are centred. Default `constant`: zeros. */
  padMode?: PadMode;
}

export interface ResolvedFraming extends Required<Framing> {
  /** How far the first frame starts before the signal, and the last may reach beyond it; overrides `center`. */
  lead?: number;
}

export const framingNames = (): OptionNames<Framing> => ({
  fftSize: 'nfft fftlength framelength framesize buffersize',
  hopSize: 'hoplength stride framestep',
  windowSize: 'winlength windowlength',
  window: '',
  center: '',
  padMode: '',
});

const MOST_FFT_SIZE = 16_777_216;

/** Fills in the defaults and checks the values. Errors are named after `where`. */
export function resolveFraming(framing: Framing, where: string): ResolvedFraming {
  const { fftSize = 2048, hopSize = Math.max(1, fftSize >> 2), windowSize = fftSize, window = hann } = framing;
  const { center = true, padMode = 'constant' } = framing;
  assertInteger({ fftSize }, where, 2, MOST_FFT_SIZE);
  assertInteger({ hopSize }, where, 1);
  assertInteger({ windowSize }, where, 1, fftSize);
  assertOneOf({ center }, where, [true, false]);
  assertOneOf({ padMode }, where, PAD_MODES);
  return { fftSize, hopSize, windowSize, window, center, padMode };
}

/** How far the first frame starts before the signal. */
export const leadOf = ({ fftSize, center, lead = center ? fftSize >> 1 : 0 }: ResolvedFraming): number => lead;

/** Number of frames of a signal of `sampleCount` samples; 0 if it is shorter than one frame and not centred. */
export function countFrames(sampleCount: number, framing: ResolvedFraming): number {
  const { fftSize, hopSize } = framing;
  return Math.max(0, 1 + Math.floor((sampleCount + 2 * leadOf(framing) - fftSize) / hopSize));
}

/** The tables of one framing and a buffer for one frame, so that frames allocate nothing. For one caller at a time. */
export interface FramePlan<T extends ArrayTable, M extends SpectrumModule = SpectrumModule> extends SpectrumMemory<
  T & ReturnType<typeof fourierArrays>,
  M
> {
  readonly framing: ResolvedFraming;
  /** [fftSize] */
  readonly window: Float64Array;
  /** Copies frame `frame` of `samples` to arrays.frame, for the module to transform. */
  take(samples: Float32Array, frame: number): void;
}

/** A plan with further arrays in the same memory, for the module to work on. */
export function createFramePlan<T extends ArrayTable>(framing: ResolvedFraming, others: T, where: string): FramePlan<T> {
  return framePlanIn(openSpectrumMemory({ ...others, ...fourierArrays(framing.fftSize) }, where), framing, where);
}

/** A plan in a memory that contains the `fourierArrays`. */
export function framePlanIn<T extends ArrayTable, M extends SpectrumModule>(
  memory: SpectrumMemory<T & ReturnType<typeof fourierArrays>, M>,
  framing: ResolvedFraming,
  where: string,
): FramePlan<T, M> {
  const { hopSize, padMode } = framing;
  const window = windowOf(framing, where);
  prepareFourier(memory as SpectrumMemory<ReturnType<typeof fourierArrays>>, window);
  return {
    ...memory,
    framing,
    window,
    take: (samples, frame) => fillFrame(memory.arrays.frame as Float32Array, samples, frame * hopSize - leadOf(framing), padMode),
  };
}

/** The window, centred in `fftSize` zeros. */
function windowOf({ window, windowSize, fftSize }: ResolvedFraming, where: string): Float64Array {
  const isFunction = typeof window === 'function';
  const rule = 'window must be a function such as hann, hamming or kaiser(beta), or an array of values';
  assertArgument(isFunction || ArrayBuffer.isView(window), where, rule, window);
  const values = isFunction ? window(windowSize) : window;
  assertArgument(values.length === windowSize, where, `window must have windowSize = ${windowSize} values`, values.length);
  const padded = new Float64Array(fftSize);
  padded.set(values, (fftSize - windowSize) >> 1);
  return padded;
}
