import { tensor4d } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Modality } from '@cmcgan/model';

/** Random directions, one for each sample of a batch of pairs: -1 or 1 for each value. */
export type Directions = Readonly<Record<Modality, Tensor4D>>;

const SHAPES = { V: [128, 128, 3], A: [128, 32, 1] } as const;

/** Draws directions for a micro-batch. The caller owns the tensors. @param uniform draws from [0, 1) with at least 32 random bits */
export function drawDirections(batchSize: number, uniform: () => number): Directions {
  return { V: drawSigns([batchSize, ...SHAPES.V], uniform), A: drawSigns([batchSize, ...SHAPES.A], uniform) };
}

function drawSigns(shape: [number, number, number, number], uniform: () => number): Tensor4D {
  const values = new Float32Array(shape.reduce((size, length) => size * length));
  for (let at = 0; at < values.length; at += 32) {
    const bits = Math.floor(uniform() * 2 ** 32);
    for (let bit = 0; bit < 32; bit++) values[at + bit] = (bits >>> bit) & 1 ? 1 : -1;
  }
  return tensor4d(values, shape);
}
