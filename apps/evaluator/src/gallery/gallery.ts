import type { ModelSamples } from '@cmcgan/evaluation';

/** A sound as a page can show and play it: data URIs of its spectrogram and of its half second as WAV. */
export interface PlayableSound {
  readonly spectrogram: string;
  readonly wav: string;
}

/** A test pair that the figures show. */
export interface GalleryPair {
  readonly id: string;
  readonly className: string;
  /** Data URI. */
  readonly image: string;
  readonly sound: PlayableSound;
}

/** What one model made of the pairs of a gallery, drawn for a page: images are data URIs. */
export type GallerySamples = ModelSamples<string, PlayableSound>;
