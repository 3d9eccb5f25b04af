import { assertOptions } from '../assert-options';
import type { AudioChannels } from '../audio-channels';
import { openResampler, RESAMPLE_NAMES } from './create-resampler';
import type { ResampleOptions } from './create-resampler';

const WHERE = 'resample';

/**
 * Resamples a waveform: flat within 0.1 dB up to 0.9 of the lower Nyquist frequency, images and aliases below -90 dB.
 *
 * @param samples Mono waveform [samples], finite, or an AudioBuffer with one channel; assumed to be surrounded by silence.
 * @returns Float32Array [ceil(samples · toHz / fromHz)], its first sample at the time of the first
 */
export function resample(samples: AudioChannels, options: ResampleOptions): Float32Array {
  assertOptions(options, RESAMPLE_NAMES, WHERE);
  const resampler = openResampler(options, { create: WHERE, push: WHERE, flush: WHERE });
  const body = resampler.push(samples);
  const rest = resampler.flush();
  const whole = new Float32Array(body.length + rest.length);
  whole.set(body);
  whole.set(rest, body.length);
  return whole;
}
