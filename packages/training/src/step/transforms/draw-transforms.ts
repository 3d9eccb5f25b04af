import { tensor2d, tensor3d, tensor4d } from '@tensorflow/tfjs-core';
import { modalityOf } from '@cmcgan/model';
import type { GeneratedRole, Modality } from '@cmcgan/model';
import type { PictureBounds, SoundBounds, TransformBounds } from './discriminator-augmentations';
import type { Transform } from './transform-samples';

/** Transforms of what a discriminator judges: of the real samples, and of all generated ones of a modality in one batch. */
export type Transforms = Readonly<Record<'real' | 'fake', Partial<Record<Modality, Transform>>>>;

/** Transforms for a micro-batch, drawn afresh for the update of each network. All generator updates of a step share theirs. */
export type StepTransforms = Readonly<Record<'discriminator' | 'generator', Transforms>>;

/** A source of independent uniform draws in [0, 1). */
export type Uniform = () => number;

interface TransformDraws {
  readonly bounds: TransformBounds;
  /** Roles of the generated samples to judge. */
  readonly fakes: readonly GeneratedRole[];
  readonly batchSize: number;
  readonly uniform: Uniform;
}

/** Size of a sample, and of the blocks of values that its shift moves: a shift to the side is a multiple of `step`. */
const PICTURE = { height: 128, width: 128, channels: 3, step: 4 };
const SOUND = { height: 128, width: 32, channels: 1, step: 1 };

/** Draws the transforms of a micro-batch. The caller owns the tensors. */
export function drawTransforms(draws: TransformDraws): StepTransforms {
  const { fakes, batchSize } = draws;
  const modalities = [...new Set(fakes.map(modalityOf))];
  const of = (countOf: (modality: Modality) => number) =>
    Object.fromEntries(modalities.map((modality) => [modality, drawTransform(modality, countOf(modality), draws)]));
  const drawAll = (): Transforms => ({
    real: of(() => batchSize),
    fake: of((modality) => batchSize * fakes.filter((role) => modalityOf(role) === modality).length),
  });
  return { discriminator: drawAll(), generator: drawAll() };
}

function drawTransform(modality: Modality, count: number, { bounds, uniform }: TransformDraws): Transform {
  return modality === 'V' ? drawOfPictures(bounds.picture, count, uniform) : drawOfSounds(bounds.sound, count, uniform);
}

/** A uniform draw between -most and most. */
const around = (uniform: Uniform, most: number) => (2 * uniform() - 1) * most;

/** A uniform draw of a whole number between -most and most. */
const wholeAround = (uniform: Uniform, most: number) => Math.floor(uniform() * (2 * most + 1)) - most;

/** 1 at the `size` positions from `first` on that lie inside, else 0. */
const ones = (length: number, first: number, size: number): number[] =>
  Array.from({ length }, (_, at) => (at >= first && at < first + size ? 1 : 0));

const without = (kept: number[], cut: number[]): number[] => kept.map((value, at) => value * (1 - cut[at]));

function drawOfPictures(bounds: PictureBounds, count: number, uniform: Uniform): Transform {
  const draws = Array.from({ length: count }, () => drawOfPicture(bounds, uniform));
  const coloursOf = () => ({
    pixel: tensor3d(
      draws.flatMap(({ saturation, contrast }) => colourMatrix(saturation, contrast)),
      [count, 3, 3],
    ),
    picture: scalars(draws.map(({ contrast }) => 1 - contrast)),
  });
  return {
    ...shiftOf(PICTURE, draws),
    ...masksOf(PICTURE, draws),
    added: scalars(draws.map(({ added }) => added)),
    ...((bounds.saturation > 0 || bounds.contrast > 0) && { colours: coloursOf() }),
  };
}

function drawOfPicture(bounds: PictureBounds, uniform: Uniform) {
  const { height, width, step } = PICTURE;
  const added = around(uniform, bounds.brightness);
  const [saturation, contrast] = [1 + around(uniform, bounds.saturation), 1 + around(uniform, bounds.contrast)];
  const [down, right] = [wholeAround(uniform, bounds.shift), step * wholeAround(uniform, bounds.shift / step)];
  const cutFrom = (size: number) => Math.floor(uniform() * size) - bounds.cutout / 2;
  const cutRows = ones(height, cutFrom(height), bounds.cutout);
  const cutColumns = ones(width, cutFrom(width), bounds.cutout);
  // What the shift leaves, less what is cut out of it: the sum of two products of rows and columns.
  const [rows, columns] = [ones(height, down, height), ones(width, right, width)];
  return {
    ...{ added, saturation, contrast, down, right },
    rows: rows.flatMap((value, at) => [value, value * cutRows[at]]),
    columns: [...columns, ...columns.map((value, at) => -value * cutColumns[at])],
  };
}

/** Scales a pixel's distance from its own grey by the saturation, and all of it by the contrast. [3, 3], row by row. */
function colourMatrix(saturation: number, contrast: number): number[] {
  const grey = (contrast * (1 - saturation)) / 3;
  return Array.from({ length: 9 }, (_, at) => grey + (at % 4 === 0 ? contrast * saturation : 0));
}

function drawOfSounds(bounds: SoundBounds, count: number, uniform: Uniform): Transform {
  const { height, width } = SOUND;
  const span = (length: number, most: number): number[] => {
    const size = Math.floor(uniform() * (most + 1));
    return ones(length, Math.floor(uniform() * (length - size + 1)), size);
  };
  const draws = Array.from({ length: count }, () => {
    const added = around(uniform, bounds.gain);
    const right = wholeAround(uniform, bounds.shift);
    const rows = without(ones(height, 0, height), span(height, bounds.maskedMels));
    const columns = without(ones(width, right, width), span(width, bounds.maskedFrames));
    return { added, down: 0, right, rows, columns };
  });
  return { ...shiftOf(SOUND, draws), ...masksOf(SOUND, draws), added: scalars(draws.map(({ added }) => added)) };
}

const scalars = (values: number[]) => tensor4d(values, [values.length, 1, 1, 1], 'float32');

interface Frame {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly step: number;
}

/** The shifts, of a whole sample read row by row: rows follow each other in a circle, and the mask hides what has come around. */
function shiftOf(
  { height, width, step }: Frame,
  draws: readonly { down: number; right: number }[],
): Pick<Transform, 'from' | 'back'> {
  const blocks = (height * width) / step;
  const indices = (sign: number): Int32Array => {
    const all = new Int32Array(draws.length * blocks);
    draws.forEach(({ down, right }, sample) => {
      let from = (blocks - (sign * (down * width + right)) / step) % blocks;
      for (let at = sample * blocks; at < (sample + 1) * blocks; at++) {
        all[at] = from;
        if (++from === blocks) from = 0;
      }
    });
    return all;
  };
  const tensorOf = (sign: number) => tensor2d(indices(sign), [draws.length, blocks], 'int32');
  return { from: tensorOf(1), back: tensorOf(-1) };
}

function masksOf(
  { height, width, channels }: Frame,
  draws: readonly { rows: number[]; columns: number[] }[],
): Pick<Transform, 'rows' | 'columns'> {
  const terms = draws[0].rows.length / height;
  const rows = Float32Array.from(draws.flatMap((draw) => draw.rows));
  const columns = new Float32Array(draws.length * terms * width * channels);
  draws.flatMap((draw) => draw.columns).forEach((value, at) => columns.fill(value, at * channels, (at + 1) * channels));
  return {
    rows: tensor3d(rows, [draws.length, height, terms]),
    columns: tensor3d(columns, [draws.length, terms, width * channels]),
  };
}
