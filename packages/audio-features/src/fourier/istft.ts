import { assertArgument } from '../assert-argument';
import { resolveFraming } from './frame-plan';
import { createOverlapAdd } from './overlap-add';
import type { Stft } from './stft';

/**
 * Waveform of a short-time Fourier transform: windowed overlap-add, exact where the windows overlap (within 1e-6 for the framing
 * of the defaults).
 *
 * @param length Samples to return. Default: what the frames span without the padding.
 * @returns Float32Array [length]
 */
export function istft(spectrum: Stft, { length }: { length?: number } = {}): Float32Array {
  const framing = resolveFraming(spectrum, 'istft');
  const { re, im, frameCount, binCount } = spectrum;
  assertArgument(binCount === framing.fftSize / 2 + 1, 'istft', 'binCount must be fftSize / 2 + 1', binCount);
  assertArgument(re.length === frameCount * binCount, 'istft', `re must hold ${frameCount}×${binCount} values`, re.length);
  assertArgument(im.length === re.length, 'istft', `im must hold ${frameCount}×${binCount} values`, im.length);
  const span = Math.max(0, (frameCount - 1) * framing.hopSize + (framing.center ? 0 : framing.fftSize));
  const sampleCount = length ?? span;
  assertArgument(
    Number.isInteger(sampleCount) && sampleCount >= 0,
    'istft',
    'length must be an integer of at least 0',
    sampleCount,
  );
  if (frameCount === 0) return new Float32Array(sampleCount);
  const { plan, add, finish, waveform } = createOverlapAdd({ framing, frameCount, sampleCount }, {}, 'istft');
  for (let frame = 0; frame < frameCount; frame++) {
    plan.arrays.re.set(re.subarray(frame * binCount, (frame + 1) * binCount));
    plan.arrays.im.set(im.subarray(frame * binCount, (frame + 1) * binCount));
    add(frame);
  }
  finish();
  return waveform.slice();
}
