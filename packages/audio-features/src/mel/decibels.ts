const DECIBELS_PER_NEPER = 10 / Math.LN10;

/** Power → dB, in place: 10·log10(max(power, minimumPower)). Returns its argument. */
export function powerToDecibels(power: Float32Array, minimumPower = 1e-10): Float32Array {
  for (let i = 0; i < power.length; i++) power[i] = DECIBELS_PER_NEPER * Math.log(Math.max(power[i]!, minimumPower));
  return power;
}

/** dB → power, in place: 10^(dB / 10). Returns its argument. */
export function decibelsToPower(decibels: Float32Array): Float32Array {
  for (let i = 0; i < decibels.length; i++) decibels[i] = Math.exp(decibels[i]! / DECIBELS_PER_NEPER);
  return decibels;
}
