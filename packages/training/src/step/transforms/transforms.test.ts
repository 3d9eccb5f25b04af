import '@tensorflow/tfjs-layers';
import { createRandom } from '@cmcgan/random';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import type { WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { add, dispose, grad, memory, mul, randomNormal, slice, sub, sum } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mapInputs } from '../step-inputs';
import { DISCRIMINATOR_AUGMENTATIONS, type DiscriminatorAugmentation } from './discriminator-augmentations';
import { drawTransforms } from './draw-transforms';
import { transformSamples, type Transform } from './transform-samples';

let kernels: WasmKernels;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 1 });
});
afterAll(() => kernels.dispose());

type Name = Exclude<DiscriminatorAugmentation, 'none'>;
const SHAPES = { V: [128, 128, 3], A: [128, 32, 1] } as const;
const FILL = { V: 0, A: -1 } as const;

function draw(name: Name, uniform: () => number, batchSize = 1) {
  return drawTransforms({ bounds: DISCRIMINATOR_AUGMENTATIONS[name], fakes: ['AV', 'VA', 'VAV'], batchSize, uniform });
}

const noise = (modality: 'V' | 'A', count: number, seed = 1) =>
  randomNormal([count, ...SHAPES[modality]], 0, 0.5, 'float32', seed) as Tensor4D;

/** Draws that come one after the other. */
const given =
  (...draws: number[]) =>
  () =>
    draws.shift()!;

/** A value of the first picture of a batch. */
const pixel = (picture: Tensor, y: number, x: number, c: number) => picture.dataSync()[(y * 128 + x) * 3 + c];

describe('transformSamples', () => {
  it('shifts pictures, and fills them with grey', () => {
    const { from, ...others } = draw('translation', given(0, 0, 0, 24 / 33 + 0.01, 0.12, 0, 0, ...Array<number>(200).fill(0)))
      .discriminator.real.V!;
    const x = noise('V', 1);
    const y = transformSamples(x, { from, ...others }, 0); // 8 down, 12 to the left
    expect(pixel(y, 50, 40, 1)).toBe(pixel(x, 42, 52, 1));
    expect(pixel(y, 8, 0, 2)).toBe(pixel(x, 0, 12, 2));
    expect([pixel(y, 7, 40, 0), pixel(y, 50, 116, 0), pixel(y, 50, 115, 0)]).toEqual([0, 0, pixel(x, 42, 127, 0)]);
  });

  it('changes brightness, saturation and contrast', () => {
    const middle = 0.5;
    const uniform = given(0.9, 0.2, 0.7, middle, middle, 0, 0, ...Array<number>(200).fill(middle));
    const x = noise('V', 1);
    const y = transformSamples(x, draw('colour-translation', uniform).discriminator.real.V, 0);
    const [brightness, saturation, contrast] = [0.4, 0.4, 1.2]; // bounds times (2 u - 1), the factors plus 1
    const grey = (pixel(x, 5, 6, 0) + pixel(x, 5, 6, 1) + pixel(x, 5, 6, 2)) / 3;
    const mean = x.dataSync<'float32'>().reduce((total, value) => total + value, 0) / x.size;
    const saturated = grey + saturation * (pixel(x, 5, 6, 1) - grey) + brightness;
    expect(pixel(y, 5, 6, 1)).toBeCloseTo(mean + brightness + contrast * (saturated - mean - brightness), 5);
  });

  it('cuts a square out of pictures', () => {
    const middle = 0.5;
    const uniform = given(middle, middle, middle, middle, middle, 0.25, 0.75, ...Array<number>(400).fill(middle));
    const x = noise('V', 1);
    const y = transformSamples(x, draw('all', uniform).discriminator.real.V, 0); // rows 0 to 63, columns 64 to 127
    const at = (row: number, column: number) => pixel(y, row, column, 0) / pixel(x, row, column, 0);
    expect([at(0, 64), at(63, 127), at(63, 64)]).toEqual([0, 0, 0]);
    for (const ratio of [at(64, 64), at(0, 63), at(63, 63), at(127, 127)]) expect(ratio).toBeCloseTo(1, 5);
  });

  it('shifts sounds in time, makes them louder and silences bands and frames', () => {
    // After the one real picture's seven draws: gain, shift, masked bands (size, first), masked frames (size, first).
    const uniform = given(...Array<number>(7).fill(0.5), 0.75, 0.9, 0.5, 0.5, 0.25, 0, ...Array<number>(400).fill(0.5));
    const x = noise('A', 1);
    const [before, after] = [x, transformSamples(x, draw('all', uniform).discriminator.real.A, -1)].map((each) =>
      each.dataSync(),
    );
    const at = (mel: number, frame: number) => mel * 32 + frame;
    expect(after[at(10, 20)]).toBeCloseTo(before[at(10, 16)] + 0.05, 5); // 4 frames later, 0.05 louder
    expect([3, 2].map((frame) => after[at(10, frame)])).toEqual([-1, -1]); // came in
    expect(after[at(10, 1)]).toBe(-1);
    expect([56, 71].map((mel) => after[at(mel, 20)])).toEqual([-1, -1]); // 16 of 128 bands from band 56 on
    expect([55, 72].map((mel) => after[at(mel, 20)])).not.toContain(-1);
  });

  it.each(['V', 'A'] as const)('has the gradient that differences of it have: %s', (modality) => {
    const random = createRandom(5);
    const transform = draw('all', () => random.uniform(), 2).generator.real[modality]!;
    const [x, weights, direction] = [noise(modality, 2), noise(modality, 2, 2), noise(modality, 2, 3)];
    const lossOf = (samples: Tensor) =>
      sum(mul(transformSamples(samples as Tensor4D, transform, FILL[modality]), weights)) as Scalar;
    const along = sum(mul(grad(lossOf)(x), direction)).dataSync()[0];
    // The transform is affine: a difference quotient is exact at any step.
    const quotient = sub(lossOf(add(x, direction)), lossOf(x)).dataSync()[0];
    expect(along / quotient).toBeCloseTo(1, 3);
    expect(Math.abs(along)).toBeGreaterThan(1);
  });

  it('changes each sample of a batch by its own transform, the same way in any batch', () => {
    const random = createRandom(2);
    const transform = draw('all', () => random.uniform(), 3).discriminator.fake.V!;
    const x = noise('V', 6); // two roles of three samples
    const only = (values: object) => mapInputs(values, (each) => slice(each, 4, 1)) as Transform;
    const [together, alone] = [
      slice(transformSamples(x, transform, 0), 4, 1),
      transformSamples(slice(x, 4, 1), only(transform), 0),
    ];
    const [actual, expected] = [together.dataSync<'float32'>(), alone.dataSync<'float32'>()];
    expect(actual.every((value, i) => Math.abs(value - expected[i]) < 1e-5)).toBe(true);
    const others = [0, 1, 2, 3, 5].map((i) => transformSamples(slice(x, i, 1), only(transform), 0).dataSync());
    for (const other of others) expect(other).not.toEqual(expected);
  });

  it('leaves no tensor behind but its result', () => {
    const x = noise('V', 2);
    const before = memory().numTensors;
    const random = createRandom(2);
    for (const name of ['translation', 'all'] as const) {
      const transforms = draw(name, () => random.uniform(), 2);
      dispose([transformSamples(x, transforms.discriminator.real.V, 0), transforms]);
      expect(memory().numTensors).toBe(before);
    }
  });
});
