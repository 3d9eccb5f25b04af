/** What the page and its worker say to each other. */
import type { Output } from '@cmcgan/model';

export type Kind = 'picture' | 'sound';

export const otherKind = (kind: Kind): Kind => (kind === 'picture' ? 'sound' : 'picture');

/** Where a model comes from: a URL, or the contents of its files; undefined: the released weights. */
export type StudioSource =
  { readonly url: string } | (ModelFiles & { readonly classifier?: ModelFiles | PooledFiles }) | undefined;

/** The two files of a generator or a classifier. */
export interface ModelFiles {
  readonly config: Blob;
  readonly weights: Blob;
}

/** The files of a classifier of pictures and one of sounds, whose opinions are pooled. */
export interface PooledFiles {
  readonly image: ModelFiles;
  readonly sound: ModelFiles;
  readonly pool: Blob;
}

/** What the page has to know of a loaded model. */
export interface LoadedModel {
  /** What computes, such as `wasm, 2 threads`. */
  readonly backend: string;
  readonly classNames: readonly string[];
  /** The outputs that it has from each kind to the other one, the default first. */
  readonly outputs: Readonly<Record<Kind, readonly Output[]>>;
}

/** A file, or a recording of the microphone. */
export type GivenContent = Blob | { readonly samples: Float32Array; readonly sampleRateHz: number };

/** A log-mel spectrum to draw: RGBA pixels, the lowest pitch in the last row. */
export interface SpectrumView {
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  /** The frequency of the upper edge. */
  readonly highestHz: number;
}

/** A sound to play, draw and save. */
export interface SoundView {
  readonly kind: 'sound';
  readonly seconds: number;
  readonly wav: Uint8Array<ArrayBuffer>;
  readonly spectrum: SpectrumView;
}

/** A picture to draw and save. */
export interface PictureView {
  readonly kind: 'picture';
  readonly png: Uint8Array<ArrayBuffer>;
  /** Where in the sound the half second begins that it was made from. */
  readonly startSeconds?: number;
}

/** What the classifier is shown: one of the two that were given, the other one being generated, or both. */
export type Evidence = Kind | 'both';

/** What the classifier answers: the probability of each class. */
export interface Opinion {
  readonly evidence: Evidence;
  readonly probabilities: Readonly<Record<string, number>>;
}

/** What the page asks of the worker: the argument and the answer of each call. */
export interface StudioCalls {
  /** Loads a model instead of the present one, which stays if it fails. */
  load: [StudioSource, LoadedModel];
  /** Reads what was given, and keeps it; `fresh` forgets what was given before. */
  give: [{ kind: Kind; content: GivenContent; name: string; fresh: boolean }, PictureView | SoundView];
  /** Generates the other modality from what was given. */
  generate: [{ from: Kind; output: Output; seed: number; seconds: number }, PictureView | SoundView];
  /** Asks the classifier; null if the model has none. */
  classify: [{ evidence: Evidence; seed: number }, Opinion | null];
}

export interface Request<Name extends keyof StudioCalls = keyof StudioCalls> {
  readonly id: number;
  readonly name: Name;
  readonly argument: StudioCalls[Name][0];
}

export type Reply = { readonly id: number } & ({ readonly value: unknown } | { readonly error: string });
