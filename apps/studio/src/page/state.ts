import type { Output } from '@cmcgan/model';
import type { LoadedModel, Opinion, PictureView, SoundView } from '../protocol';

/** A sound to play and save, by its URL. */
export interface ShownSound extends Omit<SoundView, 'wav'> {
  readonly url: string;
}

/** A picture to show and save, by its URL. */
export interface ShownPicture extends Omit<PictureView, 'png'> {
  readonly url: string;
}

export type Shown = ShownPicture | ShownSound;

/** What was given, and what it is called. */
export type Given = Shown & { readonly name: string };

/** All that the page shows. */
export interface StudioState {
  readonly model: {
    readonly phase: 'starting' | 'ready' | 'failed';
    readonly name: string;
    readonly loaded?: LoadedModel;
  };
  /** The one that the results are generated from. */
  readonly given?: Given;
  /** The other modality, if it is known too: only the classifier sees it. */
  readonly partner?: Given;
  readonly seed: number;
  readonly seconds: number;
  readonly busy?: 'reading' | 'generating' | 'classifying';
  readonly results: { readonly [output in Output]?: Shown };
  /** What the classifier answers; null if the model has none. */
  readonly opinions: readonly Opinion[] | null;
  readonly error?: string;
  /** Which sound plays as soon as it is there. */
  readonly autoplay?: string;
}

/** The URLs of a picture and the sound that goes with it. */
export interface ExamplePair {
  readonly picture: string;
  readonly sound: string;
}

/** Something to generate from: a file, or a recording of the microphone. */
export type Content = File | { readonly name: string; readonly samples: Float32Array; readonly sampleRateHz: number };

/** A page to which nothing was given yet. */
export const EMPTY = {
  given: undefined,
  partner: undefined,
  results: {},
  opinions: [],
  error: undefined,
  busy: undefined,
} as const;
