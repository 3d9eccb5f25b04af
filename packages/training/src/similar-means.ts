import { applyNetwork } from '@cmcgan/model';
import type { Cmcgan } from '@cmcgan/model';
import { dispose, nextFrame } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { imageTensor, soundTensor } from './training-batches';
import type { PairSource, TrainingBatch, TrainingPair } from './training-batches';

export interface SimilarMeansOptions {
  /** Pairs that a mean is taken over, the pair itself among them; fewer where its class has fewer. */
  readonly of: number;
  /** Called as pairs are read, with their number so far and that of all. */
  readonly onPairs?: (done: number, all: number) => void;
  /** Ends the reading; what is returned then changes nothing. */
  readonly signal?: AbortSignal;
}

/** Pairs that are encoded at a time. */
const CHUNK = 32;
const PIXELS = 128 * 128 * 3;
const BANDS = 128 * 32;

/** What is kept of the training pairs: about 65 KB each. */
interface KeptPairs {
  /** Place of a pair, by its id. */
  readonly places: ReadonlyMap<string, number>;
  /** [pairs · PIXELS], with 0 to 255 for -1 to 1: exact for pictures of 8 bits. */
  readonly pixels: Uint8Array;
  /** [pairs · BANDS] in [-1, 1]. */
  readonly sounds: Float32Array;
  /** A pair's codes of picture and sound, each of length 1, one after the other. */
  readonly codes: readonly Float32Array[];
}

/**
 * Finds, for each training pair, those of its class whose codes are most like its own, and returns a function that gives a batch the means of their pictures and
 * sounds as `targetImages` and `targetSounds`. They hold for as long as the encoders stay as they are.
 *
 * A decoder's squared error is least for the mean of all samples that fit its code. A single one of them differs from that mean by all that a code does not
 * tell, such as how the picture is framed: on simulated musicians, four fifths of the error. Means of a few samples that fit differ less, and
 * the decoder learns the same from a fraction of the steps.
 *
 * @throws if `of` is not a whole number of at least 1; and the function, if a batch does not name its pairs
 */
export async function similarMeans<Pair extends TrainingPair>(
  model: Pick<Cmcgan, 'encoderV' | 'encoderA'>,
  data: PairSource<Pair>,
  options: SimilarMeansOptions,
): Promise<(batch: TrainingBatch) => TrainingBatch> {
  const { of, signal } = options;
  if (!Number.isInteger(of) || of < 1) throw new RangeError(`similarMeans: of must be a whole number of at least 1, got ${of}`);
  const kept = await keepPairs(model, data, options);
  if (signal?.aborted) return (batch) => batch;
  const members = mostSimilar(data.splits.train, kept.codes, of);
  return (batch) => {
    const places = placesOf(batch, kept);
    const targetImages = new Float32Array(batch.images.length);
    const targetSounds = new Float32Array(batch.sounds.length);
    for (const [i, place] of places.entries()) {
      const similar = members[place];
      const [image, sound] = [
        targetImages.subarray(i * PIXELS, (i + 1) * PIXELS),
        targetSounds.subarray(i * BANDS, (i + 1) * BANDS),
      ];
      for (const member of similar) {
        addTo(image, kept.pixels.subarray(member * PIXELS, (member + 1) * PIXELS));
        addTo(sound, kept.sounds.subarray(member * BANDS, (member + 1) * BANDS));
      }
      for (let at = 0; at < PIXELS; at++) image[at] = image[at] / (127.5 * similar.length) - 1;
      for (let at = 0; at < BANDS; at++) sound[at] /= similar.length;
    }
    return { ...batch, targetImages, targetSounds };
  };
}

async function keepPairs<Pair extends TrainingPair>(
  { encoderV, encoderA }: Pick<Cmcgan, 'encoderV' | 'encoderA'>,
  data: PairSource<Pair>,
  { onPairs, signal }: SimilarMeansOptions,
): Promise<KeptPairs> {
  const { train } = data.splits;
  const pixels = new Uint8Array(train.length * PIXELS);
  const sounds = new Float32Array(train.length * BANDS);
  const codes: Float32Array[] = [];
  for (let first = 0; first < train.length; first += CHUNK) {
    await nextFrame();
    if (signal?.aborted) break;
    const samples = await Promise.all(train.slice(first, first + CHUNK).map((pair) => data.load(pair)));
    const images = new Float32Array(samples.length * PIXELS);
    for (const [i, { image, sound }] of samples.entries()) {
      images.set(image, i * PIXELS);
      sounds.set(sound, (first + i) * BANDS);
    }
    for (let at = 0; at < images.length; at++) pixels[first * PIXELS + at] = Math.round((images[at] + 1) * 127.5);
    const inputs = [
      imageTensor(images, samples.length),
      soundTensor(sounds.slice(first * BANDS, (first + samples.length) * BANDS), samples.length),
    ];
    const encoded: Tensor4D[] = [
      applyNetwork(encoderV, inputs[0], { role: 'V' }),
      applyNetwork(encoderA, inputs[1], { role: 'A' }),
    ];
    codes.push(...joinedCodes(await Promise.all(encoded.map((each) => each.data() as Promise<Float32Array>)), samples.length));
    dispose([...inputs, ...encoded]);
    onPairs?.(first + samples.length, train.length);
  }
  return { places: new Map(train.map(({ id }, place) => [id, place])), pixels, sounds, codes };
}

/** Row by row the codes of both modalities, each scaled to length 1. */
function joinedCodes(batches: readonly Float32Array[], count: number): Float32Array[] {
  return Array.from({ length: count }, (_, row) => {
    const parts = batches.map((values) => {
      const size = values.length / count;
      const code = values.subarray(row * size, (row + 1) * size);
      const length = Math.hypot(...code) || 1;
      return Array.from(code, (value) => value / length);
    });
    return Float32Array.from(parts.flat());
  });
}

/** For each pair the places of those of its class, itself included, whose codes have the largest products with its own. */
function mostSimilar(pairs: readonly TrainingPair[], codes: readonly Float32Array[], count: number): number[][] {
  const classes = new Map<number, number[]>();
  for (const [place, { classId }] of pairs.entries()) classes.set(classId, [...(classes.get(classId) ?? []), place]);
  return pairs.map(({ classId }, place) => {
    const others = classes.get(classId)!.filter((other) => other !== place);
    const products = others.map((other) => ({ other, product: dot(codes[place], codes[other]) }));
    products.sort((a, b) => b.product - a.product);
    return [place, ...products.slice(0, count - 1).map(({ other }) => other)];
  });
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function placesOf({ pairs }: TrainingBatch, { places }: KeptPairs): number[] {
  if (pairs === undefined) throw new Error('similarMeans: a batch must name its pairs, got none');
  return pairs.map(({ id }) => {
    const place = places.get(id);
    if (place === undefined) throw new Error(`similarMeans: a batch's pairs must be training pairs of the data, got ${id}`);
    return place;
  });
}

function addTo(sums: Float32Array, values: ArrayLike<number>): void {
  for (let i = 0; i < sums.length; i++) sums[i] += values[i];
}
