import { conv2d, grads, ones, reshape, sum, tidy, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { startBackend } from './start-backend';
import type { BackendOptions } from './backend';
import type { BackendMeasurement } from './choose-backend';

/** The measured convolution: an encoder's second layer at half the paper's width, 16 samples. */
const [BATCH, SIZE, CHANNELS, FILTERS, TAPS] = [16, 64, 32, 64, 5];
const ROUNDS = 3;
const TOLERANCE = 1e-3;
/** Partial sums are over this many terms; it divides the size of every tensor here. */
const TERMS = 1024;

/**
 * The sum over the output of a convolution of ones with ones (stride 2, 'same'), and over each gradient of that sum: all three are equal.
 * An output is a sum of as many terms as there are taps inside the image, and each of these terms adds one to the gradient of its pixel
 * and of its tap. So each sum is the number of multiplications in the convolution.
 */
function expectedSum(): number {
  const outputs = SIZE / 2;
  const before = Math.floor((TAPS - 2) / 2); // 'same': TAPS - 2 rows of padding in all, the smaller half first
  const inside = Array.from(
    { length: outputs },
    (_, output) =>
      Array.from({ length: TAPS }, (_, tap) => output * 2 - before + tap).filter((pixel) => pixel >= 0 && pixel < SIZE).length,
  ).reduce((sum, count) => sum + count, 0);
  return BATCH * inside ** 2 * CHANNELS * FILTERS;
}

const convolve = (x: Tensor, filter: Tensor) => conv2d(x as Tensor4D, filter as Tensor4D, 2, 'same');

function sumsOfOneRound(x: Tensor, filter: Tensor): Tensor[] {
  const output = convolve(x, filter);
  const gradients = grads((image, taps) => convolve(image, taps))([x, filter]);
  return [output, ...gradients].map((tensor) => sum(sum(reshape(tensor, [-1, TERMS]), 1))); // in two steps: adding small terms to a large sum loses them in float32
}

async function runRound(x: Tensor, filter: Tensor): Promise<number[]> {
  const sums = tidy(() => sumsOfOneRound(x, filter));
  const values = await Promise.all(sums.map(async (tensor) => (await tensor.data())[0]));
  for (const tensor of sums) tensor.dispose();
  return values;
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Starts a backend, which tests itself, and times a convolution with both its gradients, 5 GFLOP, after checking the results.
 *
 * @throws if it does not start, or a result is wrong
 */
export async function measureBackend(name: string, options: BackendOptions, nowMs: () => number): Promise<BackendMeasurement> {
  const backend = await startBackend(name, options);
  try {
    const [x, filter] = [ones([BATCH, SIZE, SIZE, CHANNELS]), ones([TAPS, TAPS, CHANNELS, FILTERS])];
    const expected = expectedSum();
    const times: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const startMs = nowMs();
      const sums = await runRound(x, filter);
      times.push(nowMs() - startMs);
      const wrong = sums.find((value) => !(Math.abs(value / expected - 1) < TOLERANCE));
      if (wrong !== undefined) throw new Error(`a convolution of ones must sum to ${expected}, got ${wrong}`);
    }
    x.dispose();
    filter.dispose();
    return { milliseconds: median(times.slice(1)), description: backend.description }; // the first round compiles
  } finally {
    await backend.dispose();
  }
}
