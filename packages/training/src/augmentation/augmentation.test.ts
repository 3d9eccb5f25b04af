import type { Batch } from '@cmcgan/sub-urmp';
import { seededUniform } from '@cmcgan/random';
import { describe, expect, it } from 'vitest';
import { augmentBatches } from './augment-batch';
import { augmentImage } from './augment-image';
import { augmentSound } from './augment-sound';
import { AUGMENTATION_NAMES, AUGMENTATIONS, type Augmentation, type AugmentationName } from './augmentations';

const STILL = {
  image: { flip: false, shift: 0, zoom: 0, brightness: 0, colour: 0 },
  sound: { shift: 0, gainDb: 0, maskedMels: 0, pitch: 0, noise: 0 },
};
const pixel = (y: number, x: number, c = 0) => (y * 128 + x) * 3 + c;
/** A different value at each position, between -1 and 1. */
const image = Float32Array.from({ length: 128 * 128 * 3 }, (_, i) => Math.sin(i / 997));
const sound = Float32Array.from({ length: 128 * 32 }, (_, i) => Math.sin(i / 61));
/** A source of the given draws, which repeats the last one. */
const draws = (...values: number[]) => {
  let next = 0;
  return () => values[Math.min(next++, values.length - 1)];
};
/** An image's draws: flip, zoom, across, down, brightness, three colours. */
const imageDraws = (changed: Partial<Record<'flip' | 'zoom' | 'across' | 'down' | 'brightness', number>>) => {
  const { flip = 0.9, zoom = 0.5, across = 0.5, down = 0.5, brightness = 0.5 } = changed;
  return draws(flip, zoom, across, down, brightness, 0.5);
};
const batch = {
  images: Float32Array.of(...image, ...image),
  sounds: Float32Array.of(...sound, ...sound),
  pairs: [1, 2],
  wrongSounds: [1, 0],
} as unknown as Batch;
const vary = (step: number, seed = 1, augmentation: AugmentationName = 'masked') =>
  augmentBatches([batch], { augmentation, seed, step, decibelRange: { floorDb: -80, ceilingDb: 0 } })[0];

describe('augmentImage', () => {
  it('without bounds leaves an image as it is', () => {
    const same = augmentImage(image, STILL.image, imageDraws({}));
    same.forEach((value, i) => expect(Math.abs(value - image[i])).toBeLessThan(1e-6));
  });

  it('flips left and right', () => {
    const flipped = augmentImage(image, { ...STILL.image, flip: true }, imageDraws({ flip: 0 }));
    expect(flipped[pixel(5, 0, 1)]).toBeCloseTo(image[pixel(5, 127, 1)], 5);
    expect(flipped[pixel(9, 40, 2)]).toBeCloseTo(image[pixel(9, 87, 2)], 5);
  });

  it('shifts by up to the bound, and repeats its edge', () => {
    const moved = augmentImage(image, { ...STILL.image, shift: 4 }, imageDraws({ across: 1, down: 0 }));
    expect(moved[pixel(10, 20)]).toBeCloseTo(image[pixel(14, 16)], 5);
    expect(moved[pixel(10, 0)]).toBeCloseTo(image[pixel(14, 0)], 5);
  });

  it('zooms about the middle, between pixels bilinearly', () => {
    const ramp = Float32Array.from(image, (_, i) => (Math.floor(i / 3) % 128) / 128 - 0.5);
    const zoomed = augmentImage(ramp, { ...STILL.image, zoom: 0.25 }, imageDraws({ zoom: 1 }));
    expect(zoomed[pixel(3, 100)]).toBeCloseTo(((100 - 63.5) / 1.25 + 63.5) / 128 - 0.5, 5);
  });

  it('makes brighter and stays in range', () => {
    const brighter = augmentImage(image, { ...STILL.image, brightness: 0.1 }, imageDraws({ brightness: 1 }));
    const at = pixel(0, 3);
    expect(brighter[at]).toBeCloseTo(image[at] + 0.1, 5);
    expect(Math.max(...brighter)).toBe(1);
  });
});

describe('augmentSound', () => {
  const vary = (changed: object, ...values: number[]) =>
    augmentSound(sound, { bounds: { ...STILL.sound, ...changed }, rangeDb: 80 }, draws(...values));

  it('without bounds leaves a sound as it is', () => expect(vary({}, 0.3)).toEqual(sound));

  it('shifts in time, and repeats its edge', () => {
    const later = vary({ shift: 2 }, 1, 0.5);
    expect(later[3 * 32 + 10]).toBe(sound[3 * 32 + 8]);
    expect(later[3 * 32]).toBe(sound[3 * 32]);
  });

  it('is louder by decibels of its range: 3 of 80 dB are 0.075 of 2', () => {
    const louder = vary({ gainDb: 3 }, 0.5, 1, 0.5);
    expect(louder[0]).toBeCloseTo(sound[0] + 0.075, 6);
    expect(Math.max(...louder)).toBe(1);
  });

  it('is higher by mel bands, and repeats the lowest', () => {
    const higher = vary({ pitch: 2 }, 0.5, 0.5, 0.5, 0.5, 1);
    expect(higher.subarray(9 * 32, 10 * 32)).toEqual(sound.subarray(7 * 32, 8 * 32));
    expect(higher.subarray(0, 32)).toEqual(sound.subarray(0, 32));
  });

  it('has noise of the given deviation', () => {
    const silent = new Float32Array(128 * 32);
    const noisy = augmentSound(silent, { bounds: { ...STILL.sound, noise: 0.1 }, rangeDb: 80 }, seededUniform(1, 'noise'));
    const mean = noisy.reduce((sum, value) => sum + value, 0) / noisy.length;
    const variance = noisy.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noisy.length;
    expect(mean).toBeCloseTo(0, 2);
    expect(Math.sqrt(variance)).toBeCloseTo(0.1, 2);
  });

  it('silences neighbouring mel bands, and no others', () => {
    const masked = vary({ maskedMels: 4 }, 0.5, 0.5, 0.99, 0.5);
    const silent = Array.from({ length: 128 }, (_, mel) =>
      masked.subarray(mel * 32, mel * 32 + 32).every((value) => value === -1),
    );
    expect(silent.indexOf(true)).toBe(62);
    expect(silent.filter(Boolean)).toHaveLength(4);
    expect(masked.subarray(0, 32)).toEqual(sound.subarray(0, 32));
  });
});

describe('augmentBatches', () => {
  it("returns the batches themselves for 'none'", () => {
    const group = [batch];
    expect(augmentBatches(group, { augmentation: 'none', seed: 1, step: 1, decibelRange: { floorDb: -80, ceilingDb: 0 } })).toBe(
      group,
    );
  });

  it('depends only on the seed and the step, and leaves the data unchanged', () => {
    const before = [Float32Array.from(batch.images), Float32Array.from(batch.sounds)];
    const first = vary(3);
    expect(vary(3)).toEqual(first);
    expect(vary(4).images).not.toEqual(first.images);
    expect(vary(3, 2).sounds).not.toEqual(first.sounds);
    expect([batch.images, batch.sounds]).toEqual(before);
  });

  it('leaves images alone if only sounds are to be varied', () => {
    const { images, sounds } = vary(3, 1, 'sounds');
    expect(images).toBe(batch.images);
    expect(sounds).not.toEqual(batch.sounds);
  });

  it('moves sounds in pitch for the encoders alone', () => {
    const { images, sounds, encoderSounds } = vary(3, 1, 'encoder-ears');
    expect(images).toBe(batch.images);
    expect(sounds).toEqual(vary(3, 1, 'sounds').sounds);
    /** The mean difference of the first encoder sound from the first sound, moved by so many bands. */
    const differenceAt = (bands: number) => {
      const inner = Array.from({ length: 100 * 32 }, (_, i) => i + 14 * 32);
      return inner.reduce((sum, i) => sum + Math.abs(encoderSounds![i] - sounds[i - 32 * bands]), 0) / inner.length;
    };
    const moves = [-2, -1, 0, 1, 2].map(differenceAt);
    expect(Math.min(...moves)).toBeLessThan(0.06); // noise alone
    expect(encoderSounds).not.toEqual(sounds);
  });

  it('varies pictures and noise for the encoders alone', () => {
    const { images, sounds, encoderImages, encoderSounds } = vary(3, 1, 'encoder-light');
    expect(images).toBe(batch.images);
    expect(sounds).toEqual(vary(3, 1, 'sounds').sounds);
    const noise = encoderSounds!.map((value, i) => value - sounds[i]);
    const inside = noise.filter((_, i) => Math.abs(sounds[i]) < 0.9); // where nothing is cut off
    expect(Math.sqrt(inside.reduce((sum, each) => sum + each ** 2, 0) / inside.length)).toBeCloseTo(0.03, 2);
    expect(encoderImages).toHaveLength(images.length);
    const most = images.reduce((largest, value, i) => Math.max(largest, Math.abs(encoderImages![i] - value)), 0);
    expect(most).toBeGreaterThan(0.01);
    expect(vary(3, 1, 'encoder-light').encoderImages).toEqual(encoderImages);
  });

  it('varies each sample independently, and keeps the range', () => {
    const { images, sounds } = vary(1);
    expect(images.subarray(0, image.length)).not.toEqual(images.subarray(image.length));
    expect(sounds.subarray(0, sound.length)).not.toEqual(sounds.subarray(sound.length));
    for (const values of [images, sounds]) expect(values.every((value) => value >= -1 && value <= 1)).toBe(true);
  });

  it.each(AUGMENTATION_NAMES)('%s has bounds that a sample survives', (name) => {
    const bounds: Augmentation | null = AUGMENTATIONS[name];
    if (bounds === null) return;
    expect(bounds.image?.zoom ?? 0).toBeLessThan(0.5);
    expect(bounds.sound.maskedMels).toBeLessThan(64);
  });
});
