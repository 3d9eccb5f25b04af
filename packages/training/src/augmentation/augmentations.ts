/** How far the real samples are varied; 0 and false leave them alone. A pair is varied together, though nothing ties its two draws. */
export interface ImageBounds {
  /** Left and right may change places. */
  readonly flip: boolean;
  /** Pixels that it is moved by at most, in each direction. */
  readonly shift: number;
  /** Share that it is made larger or smaller by at most. */
  readonly zoom: number;
  /** Added to all values at most; they span [-1, 1]. */
  readonly brightness: number;
  /** Added to all values of a colour at most. */
  readonly colour: number;
}

/** The same of sounds. */
export interface SoundBounds {
  /** Frames of the network's 32 that it is moved by at most. */
  readonly shift: number;
  /** Decibels that it is made louder or quieter by at most. */
  readonly gainDb: number;
  /** Mel bands in a row that are silenced at most. */
  readonly maskedMels: number;
}

/** Bounds for both; null: images stay as they are. */
export interface Augmentation {
  readonly image: ImageBounds | null;
  readonly sound: SoundBounds;
}

const LIGHT = {
  image: { flip: true, shift: 4, zoom: 0.05, brightness: 0.1, colour: 0.03 },
  sound: { shift: 2, gainDb: 3, maskedMels: 0 },
};

/** By name. To add one: one row. */
export const AUGMENTATIONS = {
  none: null,
  /** What another camera, microphone or moment would change. */
  light: LIGHT,
  /** The same, and a few mel bands silenced. */
  masked: { ...LIGHT, sound: { ...LIGHT.sound, maskedMels: 12 } },
  /** Sounds alone, so that what is drawn from them stays a picture that there is. */
  sounds: { image: null, sound: { shift: 4, gainDb: 4, maskedMels: 0 } },
} as const satisfies Record<string, Augmentation | null>;

/** Name of an augmentation. */
export type AugmentationName = keyof typeof AUGMENTATIONS;

export const AUGMENTATION_NAMES = Object.keys(AUGMENTATIONS) as [AugmentationName, ...AugmentationName[]];
