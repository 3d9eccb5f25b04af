/**
 * The fundamental frequency of a steady tone, by the cumulative mean normalised difference function of YIN (de Cheveigné & Kawahara
 * 2002). Independent of how the simulator synthesises sounds. Used by tests only.
 */
export function estimatePitchHz(samples: Float32Array, { sampleRateHz = 44100, lowestHz = 36, highestHz = 1800 } = {}): number {
  const [shortest, longest] = [Math.floor(sampleRateHz / highestHz), Math.ceil(sampleRateHz / lowestHz)];
  const window = Math.min(6000, samples.length - longest);
  const from = Math.floor((samples.length - window - longest) / 2);
  const normalised = new Float64Array(longest + 1).fill(1);
  let total = 0;
  for (let lag = 1; lag <= longest; lag++) {
    let difference = 0;
    for (let i = from; i < from + window; i++) difference += (samples[i] - samples[i + lag]) ** 2;
    total += difference;
    normalised[lag] = (difference * lag) / total;
  }
  const lowest = Math.min(...normalised.subarray(shortest));
  const threshold = Math.max(0.1, 1.2 * lowest);
  let lag = shortest;
  while (normalised[lag] > threshold) lag++;
  while (normalised[lag + 1] < normalised[lag]) lag++;
  const [before, at, after] = [normalised[lag - 1], normalised[lag], normalised[lag + 1] ?? 1];
  return sampleRateHz / (lag + (before - after) / (2 * (before - 2 * at + after)));
}
