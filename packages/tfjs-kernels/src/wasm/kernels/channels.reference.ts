import { negativeSlope } from '../../activation';
import type { BiasActivation } from '../../activation';

type Floats = ArrayLike<number>;

/** Numbers per channel. */
type PerChannel = (pick: (channel: number) => number) => Float64Array;

const perChannel =
  (channels: number): PerChannel =>
  (pick) =>
    Float64Array.from({ length: channels }, (_, channel) => pick(channel));

function activate(value: number, activation: BiasActivation, alpha: number): number {
  if (activation === 'tanh') return Math.tanh(value);
  return value > 0 ? value : value * negativeSlope(activation, alpha);
}

const derivative = (value: number, activation: BiasActivation, alpha: number): number =>
  activation === 'tanh' ? 1 - Math.tanh(value) ** 2 : value > 0 ? 1 : negativeSlope(activation, alpha);

interface Options {
  activation: BiasActivation;
  alpha: number;
  epsilon: number;
}

/** Mean and biased variance of every channel of x [rows, channels], in double precision. */
export function statisticsReference(x: Floats, channels: number): { mean: Float64Array; variance: Float64Array } {
  const rows = x.length / channels;
  const each = perChannel(channels);
  const average = (of: (row: number, channel: number) => number) =>
    each((channel) => {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += of(row, channel);
      return sum / rows;
    });
  const mean = average((row, channel) => x[row * channels + channel]);
  return { mean, variance: average((row, channel) => (x[row * channels + channel] - mean[channel]) ** 2) };
}

/** Batch normalisation with the batch's statistics, then an activation, and all gradients for the output's gradient dy. */
export function batchNormActivationReference(x: Floats, dy: Floats, gamma: Floats, beta: Floats, options: Options) {
  const channels = gamma.length;
  const rows = x.length / channels;
  const { mean, variance } = statisticsReference(x, channels);
  const inverse = variance.map((value) => 1 / Math.sqrt(value + options.epsilon));
  const normalised = Float64Array.from(x, (value, i) => (value - mean[i % channels]) * inverse[i % channels]);
  const before = normalised.map((value, i) => value * gamma[i % channels] + beta[i % channels]);
  const y = before.map((value) => activate(value, options.activation, options.alpha));
  const g = before.map((value, i) => dy[i] * derivative(value, options.activation, options.alpha));
  const dBeta = new Float64Array(channels);
  const dGamma = new Float64Array(channels);
  g.forEach((value, i) => {
    dBeta[i % channels] += value;
    dGamma[i % channels] += value * normalised[i];
  });
  const dx = g.map((value, i) => {
    const c = i % channels;
    return gamma[c] * inverse[c] * (value - dBeta[c] / rows - (normalised[i] * dGamma[c]) / rows);
  });
  return { y, mean, variance, dx, dGamma, dBeta };
}

/** The same with `groups` blocks of rows, each normalised by itself: block after block, gradients of gamma and beta added up. */
export function groupedBatchNormReference(
  x: Floats,
  dy: Floats,
  gamma: Floats,
  beta: Floats,
  options: Options & { groups: number },
) {
  const size = x.length / options.groups;
  const blockOf = (values: Floats, group: number) => Array.from({ length: size }, (_, i) => values[group * size + i]);
  const blocks = Array.from({ length: options.groups }, (_, group) =>
    batchNormActivationReference(blockOf(x, group), blockOf(dy, group), gamma, beta, options),
  );
  const joined = (name: 'y' | 'mean' | 'variance' | 'dx') => blocks.flatMap((block) => [...block[name]]);
  const added = (name: 'dGamma' | 'dBeta') =>
    perChannel(gamma.length)((channel) => blocks.reduce((sum, block) => sum + block[name][channel], 0));
  return {
    ...{ y: joined('y'), mean: joined('mean'), variance: joined('variance'), dx: joined('dx') },
    ...{ dGamma: added('dGamma'), dBeta: added('dBeta') },
  };
}

/** `activation(x + bias)` and its gradients for the output's gradient dy. */
export function biasActivationReference(x: Floats, dy: Floats, bias: Floats, { activation, alpha }: Omit<Options, 'epsilon'>) {
  const channels = bias.length;
  const before = Float64Array.from(x, (value, i) => value + bias[i % channels]);
  const dx = before.map((value, i) => dy[i] * derivative(value, activation, alpha));
  const dBias = new Float64Array(channels);
  dx.forEach((value, i) => (dBias[i % channels] += value));
  return { y: before.map((value) => activate(value, activation, alpha)), dx, dBias };
}
