/** How far pictures are changed for the discriminator, on their scale from -1 to 1; 0: not at all. */
export interface PictureBounds {
  /** Largest number added to all values. */
  readonly brightness: number;
  /** Largest change of the factor, 1 otherwise, on the distance from a pixel's own grey. */
  readonly saturation: number;
  /** Largest change of the factor, 1 otherwise, on the distance from the picture's mean. */
  readonly contrast: number;
  /** Largest shift in pixels, down and to the side; what comes in is grey (0). */
  readonly shift: number;
  /** Side of the square, in pixels, that is made grey; its centre may lie anywhere. */
  readonly cutout: number;
}

/** How far spectrograms are changed for the discriminator, on their scale from -1 to 1; 0: not at all. Never in pitch, which a picture may show. */
export interface SoundBounds {
  /** Largest number added to all values: 0.1 is 4 dB if the data's range is 80 dB. */
  readonly gain: number;
  /** Largest shift in frames; what comes in is silent (-1). */
  readonly shift: number;
  /** Largest number of adjacent mel bands that are silenced. */
  readonly maskedMels: number;
  /** Largest number of adjacent frames that are silenced. */
  readonly maskedFrames: number;
}

export interface TransformBounds {
  readonly picture: PictureBounds;
  readonly sound: SoundBounds;
}

const MOVED: TransformBounds = {
  picture: { brightness: 0, saturation: 0, contrast: 0, shift: 16, cutout: 0 },
  sound: { gain: 0, shift: 4, maskedMels: 0, maskedFrames: 0 },
};

const COLOURED: TransformBounds = {
  picture: { ...MOVED.picture, brightness: 0.5, saturation: 1, contrast: 0.5 },
  sound: { ...MOVED.sound, gain: 0.1 },
};

/** Differentiable augmentations by name, with the bounds of Zhao et al. (2020) for pictures. To add one: one row. */
export const DISCRIMINATOR_AUGMENTATIONS = {
  none: null,
  /** Shifts of pictures, and of sounds in time. */
  translation: MOVED,
  /** The same, with brightness, saturation and contrast, and the level of sounds. */
  'colour-translation': COLOURED,
  /** The same, with a part of each picture and some bands and frames of each sound cut out. */
  all: { picture: { ...COLOURED.picture, cutout: 64 }, sound: { ...COLOURED.sound, maskedMels: 32, maskedFrames: 8 } },
} as const satisfies Record<string, TransformBounds | null>;

/** Name of a differentiable augmentation. */
export type DiscriminatorAugmentation = keyof typeof DISCRIMINATOR_AUGMENTATIONS;

export const DISCRIMINATOR_AUGMENTATION_NAMES = Object.keys(DISCRIMINATOR_AUGMENTATIONS) as [
  DiscriminatorAugmentation,
  ...DiscriminatorAugmentation[],
];
