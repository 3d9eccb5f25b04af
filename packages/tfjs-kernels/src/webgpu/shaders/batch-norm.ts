import { createShader } from '../shader';
import type { Shader } from '../shader';
import { activationFunctions } from './activation';
import { CHANNEL_NUMBERS, channelFrame, channelMain } from './channel-groups';
import type { ChannelGroup } from './channel-groups';

const keyOf = (name: string, { channels, lanes }: ChannelGroup): string => `batch norm ${name} ${channels}x${lanes}`;

/** Mean and sum of squared deviations of the thread's channel in the workgroup's tile: two passes, so that nothing cancels. */
const TILE_STATISTICS = `
  fn tileStatistics(place: Place) -> vec2<f32> {
    var sum = 0.0;
    for (var row = place.firstRow + place.lane; row < place.endRow; row += LANES) { sum += x[row * numbers.channels + place.channel]; }
    let tileMean = sumLanes(place, sum, 0.0).x / max(1.0, f32(place.endRow - place.firstRow));
    var squares = 0.0;
    for (var row = place.firstRow + place.lane; row < place.endRow; row += LANES) {
      let deviation = x[row * numbers.channels + place.channel] - tileMean;
      squares += deviation * deviation;
    }
    return vec2<f32>(tileMean, sumLanes(place, squares, 0.0).x);
  }`;

/** Writes the workgroup's statistics to `partials` [tiles, 2, channels]: means, then sums of squared deviations. */
export function statisticsShader(group: ChannelGroup): Shader {
  const main = `
    let statistics = tileStatistics(place);
    if (place.lane == 0u && place.isInside) {
      partials[group.y * 2u * numbers.channels + place.channel] = statistics.x;
      partials[(group.y * 2u + 1u) * numbers.channels + place.channel] = statistics.y;
    }`;
  return createShader({
    key: keyOf('statistics', group),
    buffers: [
      { name: 'x', access: 'read' },
      { name: 'partials', access: 'read_write' },
    ],
    uniforms: CHANNEL_NUMBERS,
    body: () => [channelFrame(group), TILE_STATISTICS, channelMain(group, main)].join('\n'),
  });
}

/** Joins the tiles' statistics (Chan et al., 1979): the mean, and the sum of squared deviations from it. */
const MERGED_STATISTICS = `
  fn mergedStatistics(place: Place) -> vec2<f32> {
    var weighted = 0.0;
    for (var tile = place.lane; tile < numbers.tiles; tile += LANES) {
      weighted += partials[tile * 2u * numbers.channels + place.channel] * rowsOfTile(tile);
    }
    let wholeMean = sumLanes(place, weighted, 0.0).x / f32(numbers.rows);
    var squares = 0.0;
    for (var tile = place.lane; tile < numbers.tiles; tile += LANES) {
      let deviation = partials[tile * 2u * numbers.channels + place.channel] - wholeMean;
      squares += partials[(tile * 2u + 1u) * numbers.channels + place.channel] + rowsOfTile(tile) * deviation * deviation;
    }
    return vec2<f32>(wholeMean, sumLanes(place, squares, 0.0).x);
  }`;

/** y, mean and variance. `isWhole`: a workgroup has all rows of its channels and computes their statistics; else they are in `partials`. */
export function normaliseShader(group: ChannelGroup, isWhole: boolean): Shader {
  const main = `
    let statistics = ${isWhole ? 'tileStatistics' : 'mergedStatistics'}(place);
    let batchMean = statistics.x;
    let batchVariance = statistics.y / f32(numbers.rows);
    let scale = gamma[place.channel] * inverseSqrt(batchVariance + numbers.epsilon);
    let shift = beta[place.channel];
    for (var row = place.firstRow + place.lane; row < place.endRow; row += LANES) {
      let at = row * numbers.channels + place.channel;
      y[at] = activate((x[at] - batchMean) * scale + shift, numbers.slope);
    }
    if (group.y == 0u && place.lane == 0u && place.isInside) {
      mean[place.channel] = batchMean;
      variance[place.channel] = batchVariance;
    }`;
  const statistics = isWhole ? TILE_STATISTICS : MERGED_STATISTICS;
  return createShader({
    key: keyOf(isWhole ? 'whole' : 'normalise', group),
    buffers: [
      ...(['x', 'gamma', 'beta', ...(isWhole ? [] : ['partials'])].map((name) => ({
        name,
        access: 'read',
      })) as Shader['buffers']),
      ...(['y', 'mean', 'variance'].map((name) => ({ name, access: 'read_write' })) as Shader['buffers']),
    ],
    uniforms: CHANNEL_NUMBERS,
    body: () => [channelFrame(group), activationFunctions('slope'), statistics, channelMain(group, main)].join('\n'),
  });
}

/** Rows of `partials` after those of the tiles, in which the first pass leaves the numbers per channel that the second one needs. */
const FACTORS = 'numbers.tiles * 2u';

/** Sums of g and of g · x̂ to `partials` [tiles, 2, channels], g the gradient at the activation's input and x̂ the normalised x. */
export function gradientSumsShader(group: ChannelGroup): Shader {
  const main = `
    let inverse = inverseSqrt(variance[place.channel] + numbers.epsilon);
    var sums = vec2<f32>(0.0);
    for (var row = place.firstRow + place.lane; row < place.endRow; row += LANES) {
      let at = row * numbers.channels + place.channel;
      let normalised = (x[at] - mean[place.channel]) * inverse;
      let g = dy[at] * derivative(normalised * gamma[place.channel] + beta[place.channel], numbers.slope);
      sums += vec2<f32>(g, g * normalised);
    }
    let whole = sumLanes(place, sums.x, sums.y);
    if (place.lane == 0u && place.isInside) {
      partials[group.y * 2u * numbers.channels + place.channel] = whole.x;
      partials[(group.y * 2u + 1u) * numbers.channels + place.channel] = whole.y;
      if (group.y == 0u) {
        partials[(${FACTORS}) * numbers.channels + place.channel] = mean[place.channel];
        partials[(${FACTORS} + 1u) * numbers.channels + place.channel] = inverse;
        partials[(${FACTORS} + 2u) * numbers.channels + place.channel] = gamma[place.channel];
        partials[(${FACTORS} + 3u) * numbers.channels + place.channel] = beta[place.channel];
      }
    }`;
  return createShader({
    key: keyOf('gradient sums', group),
    buffers: [
      ...(['x', 'dy', 'gamma', 'beta', 'mean', 'variance'].map((name) => ({ name, access: 'read' })) as Shader['buffers']),
      { name: 'partials', access: 'read_write' },
    ],
    uniforms: CHANNEL_NUMBERS,
    body: () => [channelFrame(group), activationFunctions('slope'), channelMain(group, main)].join('\n'),
  });
}

/** dx, dGamma and dBeta from the sums that {@link gradientSumsShader} left in `partials`. */
export function gradientShader(group: ChannelGroup): Shader {
  const main = `
    var sums = vec2<f32>(0.0);
    for (var tile = place.lane; tile < numbers.tiles; tile += LANES) {
      sums.x += partials[tile * 2u * numbers.channels + place.channel];
      sums.y += partials[(tile * 2u + 1u) * numbers.channels + place.channel];
    }
    let whole = sumLanes(place, sums.x, sums.y);
    let batchMean = partials[(${FACTORS}) * numbers.channels + place.channel];
    let inverse = partials[(${FACTORS} + 1u) * numbers.channels + place.channel];
    let gamma = partials[(${FACTORS} + 2u) * numbers.channels + place.channel];
    let beta = partials[(${FACTORS} + 3u) * numbers.channels + place.channel];
    let means = whole / f32(numbers.rows);
    for (var row = place.firstRow + place.lane; row < place.endRow; row += LANES) {
      let at = row * numbers.channels + place.channel;
      let normalised = (x[at] - batchMean) * inverse;
      let g = dy[at] * derivative(normalised * gamma + beta, numbers.slope);
      dx[at] = gamma * inverse * (g - means.x - normalised * means.y);
    }
    if (group.y == 0u && place.lane == 0u && place.isInside) {
      dBeta[place.channel] = whole.x;
      dGamma[place.channel] = whole.y;
    }`;
  return createShader({
    key: keyOf('gradient', group),
    buffers: [
      ...(['x', 'dy', 'partials'].map((name) => ({ name, access: 'read' })) as Shader['buffers']),
      ...(['dx', 'dGamma', 'dBeta'].map((name) => ({ name, access: 'read_write' })) as Shader['buffers']),
    ],
    uniforms: CHANNEL_NUMBERS,
    body: () => [channelFrame(group), activationFunctions('slope'), channelMain(group, main)].join('\n'),
  });
}

/** Rows that {@link gradientSumsShader} adds to `partials`. */
export const FACTOR_ROWS = 4;
