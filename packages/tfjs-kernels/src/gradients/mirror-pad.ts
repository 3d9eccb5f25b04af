import { add, pad, reverse, slice, tidy } from '@tensorflow/tfjs-core';
import type { GradConfig, MirrorPadAttrs, Tensor } from '@tensorflow/tfjs-core';

/**
 * The gradient of `mirrorPad`: adds gradients of mirrored values to those of their originals. TensorFlow.js drops them on every backend.
 */
export const mirrorPadGradient: GradConfig = {
  kernelName: 'MirrorPad',
  inputsToSave: ['x'],
  gradFunc(dy, [x], attrs) {
    const { paddings, mode } = attrs as unknown as MirrorPadAttrs;
    const skipped = mode === 'reflect' ? 1 : 0; // the border itself is not mirrored
    const folded = () =>
      tidy(() => x.shape.reduce((d, size, axis) => fold(d, { axis, size, skipped, padding: paddings[axis] }), dy as Tensor));
    return { x: folded };
  },
};

interface Fold {
  axis: number;
  /** Values along the axis before it was padded. */
  size: number;
  skipped: number;
  padding: [before: number, after: number];
}

/** Adds both margins along one axis to what they mirror, and cuts them off. */
function fold(dy: Tensor, { axis, size, skipped, padding: [before, after] }: Fold): Tensor {
  const part = (begin: number, length: number): Tensor =>
    slice(dy, dy.shape.map((_, i) => (i === axis ? begin : 0)), dy.shape.map((n, i) => (i === axis ? length : n))); // prettier-ignore
  const placed = (margin: Tensor, begin: number): Tensor => {
    const around = dy.shape.map((_, i): [number, number] => (i === axis ? [begin, size - begin - margin.shape[axis]] : [0, 0]));
    return pad(reverse(margin, axis), around);
  };
  let sum = part(before, size);
  if (before > 0) sum = add(sum, placed(part(0, before), skipped));
  if (after > 0) sum = add(sum, placed(part(before + size, after), size - skipped - after));
  return sum;
}
