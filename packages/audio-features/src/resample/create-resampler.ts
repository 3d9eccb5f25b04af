import { assertArgument, assertFiniteSamples } from '../assert-argument';
import { assertOptions, type OptionNames } from '../assert-options';
import { monoOf, type AudioChannels } from '../audio-channels';
import { greatestCommonDivisor } from '../greatest-common-divisor';
import { joinSamples } from '../join-samples';
import { designInterpolationFilter } from './interpolation-filter';
import type { InterpolationFilter } from './interpolation-filter';

export interface ResampleOptions {
  /** Sample rate of the input, a positive integer. */
  fromHz: number;
  /** Sample rate of the output, a positive integer. */
  toHz: number;
}

export const RESAMPLE_NAMES: OptionNames<ResampleOptions> = {
  fromHz: 'origsr origfreq sourcerate inputrate samplerate sampleratehz inputsamplerate sourcesamplerate fromsamplerate',
  toHz: 'sr rate to targetsr targetsamplerate outputsamplerate tosamplerate newfreq targetrate outputrate',
};

/** Resamples a waveform piece by piece; memory is bounded by one piece and the filter's reach. */
export interface Resampler {
  /** The output that the samples so far determine. Pieces have one channel and any length. */
  push(samples: AudioChannels): Float32Array;
  /** The rest, as if silence followed. Ends the resampler. */
  flush(): Float32Array;
}

/** Rates whose ratio needs more phases than this share 1024 phases and interpolate between them (error below -110 dB). */
const MOST_EXACT_PHASES = 1024;

/**
 * Resampler with a Kaiser-windowed sinc: flat within 0.1 dB up to 0.9 of the lower Nyquist frequency, images and aliases below
 * -90 dB, no delay. All pieces together hold ceil(samples · toHz / fromHz) samples; the first output and input samples coincide.
 */
export function createResampler(options: ResampleOptions): Resampler {
  assertOptions(options, RESAMPLE_NAMES, 'createResampler');
  return openResampler(options, { create: 'createResampler', push: 'Resampler.push', flush: 'Resampler.flush' });
}

/** `createResampler` with known options. @param where What errors of each call are named after. */
export function openResampler(
  { fromHz, toHz }: ResampleOptions,
  where: { create: string; push: string; flush: string },
): Resampler {
  const isRate = (rate: number) => Number.isInteger(rate) && rate > 0 && rate <= 2 ** 31;
  assertArgument(isRate(fromHz), where.create, 'fromHz must be a positive integer', fromHz);
  assertArgument(isRate(toHz), where.create, 'toHz must be a positive integer', toHz);
  assertArgument(fromHz / toHz <= 4096, where.create, 'fromHz / toHz must be at most 4096', fromHz / toHz);
  if (fromHz === toHz) return { push: (samples) => monoOf(samples, where.push).slice(), flush: () => new Float32Array(0) };
  const divisor = greatestCommonDivisor(fromHz, toHz);
  const down = fromHz / divisor;
  const up = toHz / divisor;
  const exact = up <= MOST_EXACT_PHASES;
  const filter = designInterpolationFilter(toHz / fromHz, exact ? up : MOST_EXACT_PHASES);
  const outputAt = exact ? weigh : weighBetweenPhases;
  let held = new Float32Array(filter.lead); // input from index `heldFrom` on; silence before the first sample
  let heldFrom = -filter.lead;
  let received = 0;
  let nextOutput = 0;
  let ended = false;

  /** Computes the outputs up to (not including) `end`. */
  function produce(end: number): Float32Array {
    const output = new Float32Array(Math.max(0, end - nextOutput));
    for (let i = 0; i < output.length; i++, nextOutput++) {
      const position = nextOutput * down; // in 1/up of an input sample
      const index = Math.floor(position / up);
      output[i] = outputAt(filter, held, index - filter.lead - heldFrom, (position - index * up) / up);
    }
    const keepFrom = Math.floor((nextOutput * down) / up) - filter.lead;
    const surplus = Math.min(Math.max(0, keepFrom - heldFrom), held.length);
    held = held.subarray(surplus);
    heldFrom += surplus;
    return output;
  }

  return {
    push(source) {
      assertArgument(!ended, where.push, 'push must come before flush', 'a call after it');
      const samples = monoOf(source, where.push);
      assertFiniteSamples(samples, where.push);
      held = joinSamples(held, samples);
      received += samples.length;
      // The last output whose taps all lie within the input: floor(output · down / up) + reach ≤ received.
      const reach = filter.tapCount - filter.lead;
      return produce(Math.ceil((Math.max(0, received - reach + 1) * up) / down));
    },
    flush() {
      assertArgument(!ended, where.flush, 'flush must come once', 'a second call');
      ended = true;
      held = joinSamples(held, new Float32Array(filter.tapCount));
      return produce(Math.ceil((received * up) / down));
    },
  };
}

function weigh(
  { taps, tapCount, phaseCount }: InterpolationFilter,
  input: Float32Array,
  start: number,
  fraction: number,
): number {
  const row = Math.round(fraction * phaseCount) * tapCount;
  let sum = 0;
  for (let tap = 0; tap < tapCount; tap++) sum += taps[row + tap]! * input[start + tap]!;
  return sum;
}

function weighBetweenPhases(filter: InterpolationFilter, input: Float32Array, start: number, fraction: number): number {
  const { taps, tapCount, phaseCount } = filter;
  const phase = Math.floor(fraction * phaseCount);
  const share = fraction * phaseCount - phase;
  const row = phase * tapCount;
  let here = 0;
  let next = 0;
  for (let tap = 0; tap < tapCount; tap++) {
    const value = input[start + tap]!;
    here += taps[row + tap]! * value;
    next += taps[row + tapCount + tap]! * value;
  }
  return here + share * (next - here);
}
