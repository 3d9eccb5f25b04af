/** Periodic Hann window, 0.5 − 0.5·cos(2πn / size), centred in `fftSize` zeros when it is shorter. Float64Array [fftSize]. */
export function hannWindow(size: number, fftSize = size): Float64Array {
  const start = (fftSize - size) >> 1;
  const window = new Float64Array(fftSize);
  for (let n = 0; n < size; n++) window[start + n] = 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size);
  return window;
}
