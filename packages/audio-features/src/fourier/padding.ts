/**
 * How a signal is padded at both ends, in the terms of numpy's `pad`: with zeros (`constant`), the last sample (`edge`), or the signal
 * mirrored, without repeating the last sample (`reflect`) or repeating it (`symmetric`).
 */
export type PadMode = 'constant' | 'edge' | 'reflect' | 'symmetric';

export const PAD_MODES: readonly PadMode[] = ['constant', 'edge', 'reflect', 'symmetric'];

/** Copies `frame.length` samples from `start` onwards into `frame`; they may begin before the signal and end beyond it. */
export function fillFrame(frame: Float32Array, samples: Float32Array, start: number, padMode: PadMode): void {
  const size = frame.length;
  const within = samples.subarray(Math.max(start, 0), Math.max(start + size, 0));
  const before = Math.min(Math.max(-start, 0), size);
  if (within.length < size) frame.fill(0);
  frame.set(within, before);
  if (padMode === 'constant') return;
  for (let n = 0; n < size; n++) {
    if (n === before) n += within.length;
    if (n < size) frame[n] = samples[paddedIndex(start + n, samples.length, padMode)]!;
  }
}

/** Where in a signal of `length` samples, at least one, the padded sample `index` comes from. */
export function paddedIndex(index: number, length: number, padMode: Exclude<PadMode, 'constant'>): number {
  if (padMode === 'edge' || length === 1) return index < 0 ? 0 : length - 1;
  const again = padMode === 'reflect' ? 1 : 0; // a sample at the turning point is not repeated
  const period = 2 * (length - again);
  const turn = ((index % period) + period) % period;
  return turn < length ? turn : period - 1 + again - turn;
}
