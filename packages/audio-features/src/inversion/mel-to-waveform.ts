import { assertOptions } from '../assert-options';
import type { OptionNames } from '../assert-options';
import { resolveFraming } from '../fourier/frame-plan';
import { inverseFilterArrays, prepareInverseFilters } from '../mel/inverse-filter-products';
import { sparseMelFilterbank, type SparseFilterbank } from '../mel/mel-filterbank';
import type { MelSpectrum, MelSpectrumOptions } from '../mel/mel-spectrum';
import type { TwoWayModule } from '../wasm/inversion-module';
import { float64, type SpectrumMemory } from '../wasm/spectrum-memory';
import { assertIterations, griffinLimNames } from './griffin-lim-options';
import type { GriffinLimOptions } from './griffin-lim-options';
import { checkedMelFrames, melToMagnitudeNames } from './mel-to-magnitude';
import { createSpectrumSolver, solverArrays } from './non-negative-spectrum';
import { createWaveformFinder } from './waveform-finder';

export interface MelToWaveformOptions extends Omit<MelSpectrumOptions, 'melCount'>, GriffinLimOptions {}

const melToWaveformNames = (): OptionNames<MelToWaveformOptions> => ({ ...melToMagnitudeNames(), ...griffinLimNames() });

/**
 * Waveform of a mel power spectrum: mel → magnitudes by non-negative least squares → Griffin-Lim with momentum. After a quarter
 * of the iterations the magnitudes are no longer fixed: each frame keeps those of the estimate, scaled filter by filter to the requested
 * mel. Since only the mel is known, the waveform comes closer to it than with any fixed guess.
 *
 * @param mel Power, data [melCount, frameCount], at least 0
 * @param options Those of the mel spectrum, and `length` in samples (default: what the frames span), momentum, seed and iterations
 *   (default 22, which come closer than 32 of plain Griffin-Lim).
 * @returns Float32Array [length]; not limited to ±1
 */
export function melToWaveform(mel: MelSpectrum, options: MelToWaveformOptions): Float32Array {
  assertOptions(options, melToWaveformNames(), 'melToWaveform');
  const framing = resolveFraming(options, 'melToWaveform');
  assertIterations(options, 'melToWaveform');
  const { fftSize } = framing;
  const { iterations = 22, length } = options;
  const { melCount, frameCount } = mel;
  const filterbank = sparseMelFilterbank({ ...options, fftSize, melCount }, 'melToWaveform');
  const melFrames = checkedMelFrames(mel, 'melToWaveform'); // [T, M]
  const targetOf = (frame: number) => melFrames.subarray(frame * melCount, (frame + 1) * melCount);
  const others = { ...inverseFilterArrays(filterbank), ...solverArrays(filterbank), ...followerArrays(filterbank) };
  const { plan, powerOf, find } = createWaveformFinder({ framing, frameCount, length }, others, 'melToWaveform');
  prepareInverseFilters(plan, filterbank);
  const { solve } = createSpectrumSolver(plan);
  for (let frame = 0; frame < frameCount; frame++) powerOf(frame).set(solve(targetOf(frame)));
  const follow = melFollower(plan);
  const held = Math.ceil(iterations / 4);
  return find({ ...options, iterations }, (frame, iteration) => {
    if (iteration >= held) follow(targetOf(frame), powerOf(frame));
  });
}

const followerArrays = ({ binCount }: SparseFilterbank) => ({ perBin: float64(binCount), binGains: float64(binCount) });

type FollowerMemory = SpectrumMemory<ReturnType<typeof inverseFilterArrays> & ReturnType<typeof followerArrays>, TwoWayModule>;

/** Keeps the estimate of a silent frame from getting stuck at zero. */
const LEAST_POWER = 1e-20;

/** Sets the target of a frame to the estimate's power, scaled so that its mel power is `mels`. */
function melFollower({ module, arrays }: FollowerMemory): (mels: Float64Array, power: Float64Array) => void {
  const { binSums, perBin, bins: estimate, mels: ratio, binGains: gain } = arrays;
  for (let bin = 0; bin < perBin.length; bin++) perBin[bin] = binSums[bin]! > 0 ? 1 / binSums[bin]! : 0;
  return (mels, power) => {
    module.power(estimate.byteOffset, LEAST_POWER);
    module.toMels(estimate.byteOffset, ratio.byteOffset);
    for (let mel = 0; mel < ratio.length; mel++) ratio[mel] = ratio[mel]! > 0 ? mels[mel]! / ratio[mel]! : 0;
    module.toBins(ratio.byteOffset, gain.byteOffset);
    module.product(estimate.byteOffset, gain.byteOffset, perBin.byteOffset, power.byteOffset);
  };
}
