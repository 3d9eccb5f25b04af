import { assertArgument } from '../assert-argument';
import { assertOptions, type OptionNames } from '../assert-options';
import { leadOf, resolveFraming } from './frame-plan';
import { createOverlapAdd } from './overlap-add';
import type { Stft } from './stft';

export interface IstftOptions {
  /** Samples to return. Default: the span of the frames without padding. */
  length?: number;
  /**
   * What to do about samples that no window covers, which the spectrum does not determine: the very first and last ones of a transform
   * that was not centred, or those beyond the last frame. `error` (the default) throws and names them, `zero` returns zeros there.
   */
  uncovered?: 'error' | 'zero';
}

const NAMES: OptionNames<IstftOptions> = { length: '', uncovered: '' };

/**
 * Waveform of a short-time Fourier transform: windowed overlap-add, divided by the summed squares of the windows (Griffin & Lim 1984).
 * Exact within float32, for any window and hop, wherever those squares sum to more than 1e-10.
 *
 * @returns Float32Array [length]
 * @throws RangeError if no window covers some of the samples, unless `uncovered` is `zero`
 */
export function istft(spectrum: Stft, options: IstftOptions = {}): Float32Array {
  assertOptions(options, NAMES, 'istft');
  const framing = resolveFraming(spectrum, 'istft');
  const { re, im, frameCount, binCount } = spectrum;
  const { fftSize, hopSize } = framing;
  assertArgument(binCount === (fftSize >> 1) + 1, 'istft', 'binCount must be floor(fftSize / 2) + 1', binCount);
  assertArgument(re.length === frameCount * binCount, 'istft', `re must hold ${frameCount}×${binCount} values`, re.length);
  assertArgument(im.length === re.length, 'istft', `im must hold ${frameCount}×${binCount} values`, im.length);
  const span = frameCount === 0 ? 0 : Math.max(0, (frameCount - 1) * hopSize + fftSize - 2 * leadOf(framing));
  const { length: sampleCount = span, uncovered = 'error' } = options;
  const counts = Number.isInteger(sampleCount) && sampleCount >= 0;
  assertArgument(counts, 'istft', 'length must be an integer of at least 0', sampleCount);
  assertArgument(uncovered === 'error' || uncovered === 'zero', 'istft', 'uncovered must be error or zero', uncovered);
  const { plan, add, finish, waveform, isCovered } = createOverlapAdd({ framing, frameCount, sampleCount }, {}, 'istft');
  if (uncovered === 'error') assertCovered(sampleCount, isCovered);
  for (let frame = 0; frame < frameCount; frame++) {
    plan.arrays.re.set(re.subarray(frame * binCount, (frame + 1) * binCount));
    plan.arrays.im.set(im.subarray(frame * binCount, (frame + 1) * binCount));
    add(frame);
  }
  finish();
  return waveform.slice();
}

function assertCovered(sampleCount: number, isCovered: (sample: number) => boolean): void {
  const ranges: string[] = [];
  for (let sample = 0; sample < sampleCount; sample++) {
    if (isCovered(sample)) continue;
    const from = sample;
    while (sample + 1 < sampleCount && !isCovered(sample + 1)) sample++;
    ranges.push(from === sample ? `${from}` : `${from}..${sample}`);
  }
  if (ranges.length === 0) return;
  const named = ranges.length > 4 ? `${ranges.slice(0, 4).join(', ')} and ${ranges.length - 4} more ranges` : ranges.join(', ');
  throw new RangeError(
    `istft: samples must be covered by a window, got none at ${named} of ${sampleCount}; { uncovered: 'zero' } returns zeros there, ` +
      'a transform with center: true covers the ends',
  );
}
