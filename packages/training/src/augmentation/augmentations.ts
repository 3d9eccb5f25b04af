/** How far real images are varied; 0 and false mean not at all. Both samples of a pair are varied, independently. */
export interface ImageBounds {
  /** Whether left and right may be swapped. */
  readonly flip: boolean;
  /** Largest shift in pixels, in each direction. */
  readonly shift: number;
  /** Largest relative change in size. */
  readonly zoom: number;
  /** Largest number added to all values, which span [-1, 1]. */
  readonly brightness: number;
  /** Largest number added to all values of one colour. */
  readonly colour: number;
}

/** How far real sounds are varied. */
export interface SoundBounds {
  /** Largest shift in frames, of the network's 32. */
  readonly shift: number;
  /** Largest change in level, in decibels. */
  readonly gainDb: number;
  /** Largest number of adjacent mel bands that are silenced. */
  readonly maskedMels: number;
  /** Largest move in pitch, in mel bands of 128. Wrong where the picture shows the pitch, as the simulator's does. */
  readonly pitch: number;
  /** Standard deviation of the noise added to every value, which span [-1, 1]. */
  readonly noise: number;
}

/** Bounds for images and sounds; null: images stay as they are. */
export interface Augmentation {
  readonly image: ImageBounds | null;
  readonly sound: SoundBounds;
  /** How far the images that encoders get are varied further, while the losses compare with the image as it is; left out: not at all. */
  readonly encoderImage?: ImageBounds;
  /** The same for sounds. */
  readonly encoderSound?: SoundBounds;
}

const LIGHT = {
  image: { flip: true, shift: 4, zoom: 0.05, brightness: 0.1, colour: 0.03 },
  sound: { shift: 2, gainDb: 3, maskedMels: 0, pitch: 0, noise: 0 },
};

const STILL = { shift: 0, gainDb: 0, maskedMels: 0, pitch: 0, noise: 0 };

const SOUND = { shift: 4, gainDb: 4, maskedMels: 0, pitch: 0, noise: 0 };

/** Augmentations by name. To add one: one row. */
export const AUGMENTATIONS = {
  none: null,
  /** Changes that another camera, microphone or moment would cause. */
  light: LIGHT,
  /** The same, and a few mel bands silenced. */
  masked: { ...LIGHT, sound: { ...LIGHT.sound, maskedMels: 12 } },
  /** Sounds only, so that the images to generate remain real ones. */
  sounds: { image: null, sound: SOUND },
  /** The same, and moves in pitch and noise: what a classifier of sounds learns to hear with. */
  ears: { image: null, sound: { ...SOUND, pitch: 2, noise: 0.05 } },
  /** The same for the encoders alone: outputs are compared with sounds at their own pitch, so that they don't become a mixture of several. */
  'encoder-ears': { image: null, sound: SOUND, encoderSound: { ...STILL, pitch: 2, noise: 0.05 } },
  /** `sounds`, and for the encoders alone pictures as another camera would take them, and noise: outputs stay sharp, and at their own pitch. */
  'encoder-light': {
    ...{ image: null, sound: SOUND, encoderSound: { ...STILL, noise: 0.03 } },
    encoderImage: { ...LIGHT.image, flip: false, colour: 0.08 },
  },
} as const satisfies Record<string, Augmentation | null>;

/** Name of an augmentation. */
export type AugmentationName = keyof typeof AUGMENTATIONS;

export const AUGMENTATION_NAMES = Object.keys(AUGMENTATIONS) as [AugmentationName, ...AugmentationName[]];
