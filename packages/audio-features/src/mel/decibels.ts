import { assertArgument } from '../assert-argument';
import { assertOptions, type OptionNames } from '../assert-options';

const DECIBELS_PER_NEPER = 10 / Math.LN10;

export interface DecibelOptions {
  /** The power that is 0 dB: a number, or `max`, the loudest of the values. Default 1. */
  ref?: number | 'max';
  /** Lower powers, and a lower `ref`, are raised to this one: librosa's `amin`. Default 1e-10. */
  minimumPower?: number;
  /** Values further below the loudest are raised to this distance; 80 in librosa. Default Infinity: none. */
  topDb?: number;
}

const NAMES: OptionNames<DecibelOptions> = { ref: '', minimumPower: 'amin', topDb: '' };

/** Power → dB, in place, as `librosa.power_to_db`: 10·log10(max(power, minimumPower) / ref). Returns its argument. */
export function powerToDecibels(power: Float32Array, options: DecibelOptions = {}): Float32Array {
  assertOptions(options, NAMES, 'powerToDecibels');
  const { ref = 1, minimumPower = 1e-10, topDb = Infinity } = options;
  const positive = minimumPower > 0 && minimumPower < Infinity;
  assertArgument(positive, 'powerToDecibels', 'minimumPower must be a positive number', minimumPower);
  assertArgument(ref === 'max' || Number.isFinite(ref), 'powerToDecibels', 'ref must be a number or max', ref);
  assertArgument(topDb >= 0, 'powerToDecibels', 'topDb must be at least 0', topDb);
  const loudest = power.reduce((a, b) => Math.max(a, b), minimumPower);
  const refDb = decibelsOf(ref === 'max' ? loudest : Math.max(minimumPower, Math.abs(ref)));
  const least = decibelsOf(loudest) - refDb - topDb;
  for (let i = 0; i < power.length; i++) power[i] = Math.max(least, decibelsOf(Math.max(power[i]!, minimumPower)) - refDb);
  return power;
}

/** As `powerToDecibels` with its defaults, for power of at least 0; in place, with values below `leastDb` raised to it. */
export function melToDecibels(power: Float32Array, leastDb = -100): void {
  for (let i = 0; i < power.length; i++) {
    const decibels = decibelsOf(power[i]! > 1e-10 ? power[i]! : 1e-10);
    power[i] = decibels > leastDb ? decibels : leastDb;
  }
}

/** The level `topDb` below the loudest. */
export function leastDecibels(power: Float32Array, topDb: number): number {
  let loudest = 1e-10;
  for (let i = 0; i < power.length; i++) if (power[i]! > loudest) loudest = power[i]!;
  return decibelsOf(loudest) - topDb;
}

const decibelsOf = (power: number) => DECIBELS_PER_NEPER * Math.log(power);

/** dB → power, in place: ref·10^(dB / 10). Returns its argument. */
export function decibelsToPower(decibels: Float32Array, options: { ref?: number } = {}): Float32Array {
  assertOptions(options, { ref: '' }, 'decibelsToPower');
  const { ref = 1 } = options;
  assertArgument(ref > 0 && ref < Infinity, 'decibelsToPower', 'ref must be a positive number', ref);
  for (let i = 0; i < decibels.length; i++) decibels[i] = ref * Math.exp(decibels[i]! / DECIBELS_PER_NEPER);
  return decibels;
}
