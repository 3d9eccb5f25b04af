import { LMS_SAMPLE_RATE_HZ } from '@cmcgan/audio-features';
import type { CrossModalModel, Way } from '@cmcgan/model';
import { oneOf, parseOptions, wholeNumber, withDefault } from '@cmcgan/options';
import * as z from 'zod/mini';
import { abortSignal, unlessAborted, type AbortOption } from './abort';
import { completePair, toPair, type Pair, type PairInput } from './complete-pair';
import type { Core } from './core';
import { generateSamples } from './generate-samples';
import { consecutiveStarts, loudestStart } from './inputs/half-seconds';
import type { PictureInput } from './inputs/picture-input';
import { readSound, type SoundInput } from './inputs/sound-input';
import { named } from './named-errors';
import type { PairClassifier } from './open-classifier';
import type { GeneratedSound } from './outputs/generated-sound';
import { pictureToSound } from './picture-to-sound';
import { soundToPictures, type PictureAtTime } from './sound-to-pictures';

/** Options of everything that generates. */
export interface GenerateOptions extends AbortOption {
  /** The same seed and input give the same result on the same backend. A whole number of at least 0, default 1. */
  seed?: number;
  /**
   * How the networks get to the other modality: 'pathEnd' by way of a generated sample of the same one, V→V→A or A→A→V (paper: FR_*), 'direct' at
   * once, V→A or A→V (F_*). Default: 'pathEnd' if the model has such paths. See {@link Model.ways}.
   */
  output?: 'pathEnd' | 'direct';
}

/** Options of `pictureToSound`. */
export interface PictureToSoundOptions extends GenerateOptions {
  /** Length of the sound, exact to the sample. Default 0.5, what the networks generate at once; at most 120. */
  seconds?: number;
  /**
   * How much louder, in dB, than the model generates. Default: `playbackGainDb` of @cmcgan/audio-features, the same for all sounds of a model, with which
   * those as loud as the loudest of its training data peak at about -1 dBFS. 0 keeps the level of the training data.
   */
  gainDb?: number;
}

/** The class of a pair. */
export interface ClassifiedPair extends Pair {
  /** The most probable class. */
  readonly className: string;
  /** The probability of each class, by its name; they sum to 1. */
  readonly probabilities: Readonly<Record<string, number>>;
}

/** A model that turns pictures into sounds and sounds into pictures. Several calls may run at once. */
export interface Model {
  /** What it computes on, such as `wasm, 2 threads`. */
  readonly backend: string;
  /** The classes of its training data; empty if its configuration doesn't name them. */
  readonly classNames: readonly string[];
  /** How it gets from one modality to the other: each way's `from` ('V': pictures, 'A': sounds) and `output`, the default one first. */
  readonly ways: readonly Way[];
  /**
   * The sound that goes with a picture. More than half a second is generated in parts with latents of their own, whose spectra fade into each
   * other. A sound that would exceed full scale is scaled down, as a whole, to peak at 1.
   */
  pictureToSound(picture: PictureInput, options?: PictureToSoundOptions): Promise<GeneratedSound>;
  /** The picture, 128×128, that goes with the loudest half second of a recording. A shorter recording is padded with silence. */
  soundToPicture(sound: SoundInput, options?: GenerateOptions): Promise<PictureAtTime>;
  /** One picture for each half second of a recording, all with the same latents. Less than a quarter of a second at the end is left out. */
  soundToPictures(sound: SoundInput, options?: GenerateOptions): Promise<PictureAtTime[]>;
  /** Generates what is missing of a pair: from a picture its sound, from the loudest half second of a sound its picture. */
  restore(pair: PairInput, options?: GenerateOptions): Promise<Pair>;
  /** Classifies a picture and its sound; one that is missing is generated first. Needs a classifier: see {@link LoadOptions.classifier}. */
  classify(pair: PairInput, options?: GenerateOptions): Promise<ClassifiedPair>;
  /** Frees the weights. Calls that have not begun to generate fail. */
  dispose(): void;
}

/** Longer sounds would take more than half a gigabyte of memory. */
const MAX_SECONDS = 120;
const secondsError = `must be a number of seconds above 0, and at most ${MAX_SECONDS}`;
const seconds = z
  .number({ error: secondsError })
  .check(z.gte(1 / LMS_SAMPLE_RATE_HZ, { error: secondsError }), z.lte(MAX_SECONDS, { error: secondsError }));
const gainError = 'must be a number of dB, at most 100';
const gainDb = z.number({ error: gainError }).check(z.lte(100, { error: gainError }));
const seed = withDefault(wholeNumber(0), 1);
const objectError = 'must be an object';
const output = z.optional(oneOf(['pathEnd', 'direct']));
const generating = { seed, output, signal: abortSignal };
const generateOptions = z.strictObject(generating, objectError);
const soundOptions = z.strictObject(
  { ...generating, seconds: withDefault(seconds, 0.5), gainDb: z.optional(gainDb) },
  objectError,
);
const pairInput = z.strictObject({ picture: z.optional(z.any()), sound: z.optional(z.any()) }, objectError);

/** What a model is made of. */
export interface ModelParts extends Omit<Core, 'generate'> {
  readonly network: CrossModalModel;
  readonly backend: string;
  /** Loads the classifier that belongs to the network. */
  openClassifier(): Promise<PairClassifier>;
}

/** Makes a loaded network a {@link Model}, which owns it. */
export function createModel({ network, backend, openClassifier, ...rest }: ModelParts): Model {
  let disposed = false;
  const core: Core = {
    ...rest,
    async generate(request) {
      if (disposed) throw new Error('the model must not have been disposed of, but it has');
      return generateSamples(network, request);
    },
  };
  const classifier = once(openClassifier);
  return {
    backend,
    classNames: network.config.classNames ?? [],
    ways: network.ways,
    ...directions(core),
    ...pairs(core, () => classifier.get()),
    dispose() {
      if (disposed) return;
      disposed = true;
      network.dispose();
      classifier.dispose();
    },
  };
}

function directions(core: Core): Pick<Model, 'pictureToSound' | 'soundToPicture' | 'soundToPictures'> {
  const picturesOf = (call: string, sound: SoundInput, options: GenerateOptions, startsOf: (samples: Float32Array) => number[]) =>
    named(call, options, async () => {
      const request = parseOptions(call, generateOptions, options);
      const recording = await readSound(sound, core.platform, request.signal);
      return soundToPictures(recording, startsOf(recording.samples), { core, ...request });
    });
  return {
    pictureToSound: (picture, options = {}) =>
      named('pictureToSound', options, () =>
        pictureToSound(picture, parseOptions('pictureToSound', soundOptions, options), core),
      ),
    soundToPicture: async (sound, options = {}) =>
      (await picturesOf('soundToPicture', sound, options, (samples) => [loudestStart(samples)]))[0],
    soundToPictures: (sound, options = {}) => picturesOf('soundToPictures', sound, options, consecutiveStarts),
  };
}

function pairs(core: Core, openedClassifier: () => Promise<PairClassifier>): Pick<Model, 'restore' | 'classify'> {
  const complete = (call: string, input: PairInput, options: GenerateOptions) => {
    const generating = parseOptions(call, generateOptions, options);
    return completePair(parseOptions(call, pairInput, input) as PairInput, generating, core);
  };
  return {
    restore: (input, options = {}) =>
      named('restore', options, async () => toPair(await complete('restore', input, options), core)),
    classify: (input, options = {}) =>
      named('classify', options, async () => {
        const { signal } = parseOptions('classify', generateOptions, options);
        const classifier = await unlessAborted(openedClassifier(), signal);
        const pair = await complete('classify', input, options);
        const { className, probabilities } = await classifier.classify(pair);
        const byName = classifier.classNames.map((name, i) => [name, probabilities[i]]);
        return { ...toPair(pair, core), className, probabilities: Object.fromEntries(byName) as Record<string, number> };
      }),
  };
}

/** Opens something at the first call of `get`; after a failure, the next call tries again. */
function once<T extends { dispose(): void }>(open: () => Promise<T>) {
  let opened: Promise<T> | undefined;
  return {
    get(): Promise<T> {
      const attempt = (opened ??= open());
      attempt.catch(() => (opened = undefined));
      return attempt;
    },
    dispose: () => void opened?.then((value) => value.dispose()).catch(() => undefined),
  };
}
