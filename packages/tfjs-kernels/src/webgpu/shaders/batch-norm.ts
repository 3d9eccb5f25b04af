import { createShader } from '../shader';
import type { Shader } from '../shader';
import { activationFunctions } from './activation';
import { CHANNEL_NUMBERS, channelFrame, channelMain } from './channel-groups';
import type { ChannelGroup } from './channel-groups';

/** Numbers per block and channel that {@link gradientSumsShader} adds to `partials`. */
export const FACTOR_ROWS = 4;

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

/** Writes the workgroup's statistics to `partials` [blocks, tiles, 2, channels]: means, then sums of squared deviations. */
export function statisticsShader(group: ChannelGroup): Shader {
  const main = `
    let statistics = tileStatistics(place);
    if (place.lane == 0u && place.isInside) {
      partials[partialAt(place, place.block, group.y, 0u)] = statistics.x;
      partials[partialAt(place, place.block, group.y, 1u)] = statistics.y;
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

/** Joins the statistics of a block's tiles (Chan et al., 1979): the mean, and the sum of squared deviations from it. */
const MERGED_STATISTICS = `
  fn mergedStatistics(place: Place) -> vec2<f32> {
    var weighted = 0.0;
    for (var tile = place.lane; tile < numbers.tiles; tile += LANES) {
      weighted += partials[partialAt(place, place.block, tile, 0u)] * rowsOfTile(tile);
    }
    let wholeMean = sumLanes(place, weighted, 0.0).x / f32(numbers.rows);
    var squares = 0.0;
    for (var tile = place.lane; tile < numbers.tiles; tile += LANES) {
      let deviation = partials[partialAt(place, place.block, tile, 0u)] - wholeMean;
      squares += partials[partialAt(place, place.block, tile, 1u)] + rowsOfTile(tile) * deviation * deviation;
    }
    return vec2<f32>(wholeMean, sumLanes(place, squares, 0.0).x);
  }`;

/** y, mean and variance. `isWhole`: a workgroup has all of a block's rows of its channels and computes their statistics; else they are in `partials`. */
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
      mean[place.inVector] = batchMean;
      variance[place.inVector] = batchVariance;
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

/** Index in `partials` of the block's number `which`, which the first pass leaves for the second one, behind the tiles' results. */
const FACTOR_AT = `
  fn factorAt(place: Place, which: u32) -> u32 {
    let tileRows = numbers.blocks * numbers.tiles * 2u;
    return (tileRows + place.block * ${FACTOR_ROWS}u + which) * numbers.channels + place.channel;
  }`;

/** Sums of g and of g · x̂ to `partials` [blocks, tiles, 2, channels], g the gradient at the activation's input and x̂ the normalised x. */
export function gradientSumsShader(group: ChannelGroup): Shader {
  const main = `
    let inverse = inverseSqrt(variance[place.inVector] + numbers.epsilon);
    var sums = vec2<f32>(0.0);
    for (var row = place.firstRow + place.lane; row < place.endRow; row += LANES) {
      let at = row * numbers.channels + place.channel;
      let normalised = (x[at] - mean[place.inVector]) * inverse;
      let g = dy[at] * derivative(normalised * gamma[place.channel] + beta[place.channel], numbers.slope);
      sums += vec2<f32>(g, g * normalised);
    }
    let whole = sumLanes(place, sums.x, sums.y);
    if (place.lane == 0u && place.isInside) {
      partials[partialAt(place, place.block, group.y, 0u)] = whole.x;
      partials[partialAt(place, place.block, group.y, 1u)] = whole.y;
      if (group.y == 0u) {
        partials[factorAt(place, 0u)] = mean[place.inVector];
        partials[factorAt(place, 1u)] = inverse;
        partials[factorAt(place, 2u)] = gamma[place.channel];
        partials[factorAt(place, 3u)] = beta[place.channel];
      }
    }`;
  return createShader({
    key: keyOf('gradient sums', group),
    buffers: [
      ...(['x', 'dy', 'gamma', 'beta', 'mean', 'variance'].map((name) => ({ name, access: 'read' })) as Shader['buffers']),
      { name: 'partials', access: 'read_write' },
    ],
    uniforms: CHANNEL_NUMBERS,
    body: () => [channelFrame(group), activationFunctions('slope'), FACTOR_AT, channelMain(group, main)].join('\n'),
  });
}

/** The sums that {@link gradientSumsShader} left for the tiles of a block. */
const BLOCK_SUMS = `
  fn blockSums(place: Place, block: u32) -> vec2<f32> {
    var sums = vec2<f32>(0.0);
    for (var tile = place.lane; tile < numbers.tiles; tile += LANES) {
      sums.x += partials[partialAt(place, block, tile, 0u)];
      sums.y += partials[partialAt(place, block, tile, 1u)];
    }
    return sumLanes(place, sums.x, sums.y);
  }`;

/** dx, and dGamma and dBeta over all blocks, from the sums that {@link gradientSumsShader} left in `partials`. */
export function gradientShader(group: ChannelGroup): Shader {
  const main = `
    let own = blockSums(place, group.z);
    let batchMean = partials[factorAt(place, 0u)];
    let inverse = partials[factorAt(place, 1u)];
    let gamma = partials[factorAt(place, 2u)];
    let beta = partials[factorAt(place, 3u)];
    let means = own / f32(numbers.rows);
    for (var row = place.firstRow + place.lane; row < place.endRow; row += LANES) {
      let at = row * numbers.channels + place.channel;
      let normalised = (x[at] - batchMean) * inverse;
      let g = dy[at] * derivative(normalised * gamma + beta, numbers.slope);
      dx[at] = gamma * inverse * (g - means.x - normalised * means.y);
    }
    if (group.y == 0u && group.z == 0u) {
      var whole = own;
      for (var block = 1u; block < numbers.blocks; block++) { whole += blockSums(place, block); }
      if (place.lane == 0u && place.isInside) {
        dBeta[place.channel] = whole.x;
        dGamma[place.channel] = whole.y;
      }
    }`;
  return createShader({
    key: keyOf('gradient', group),
    buffers: [
      ...(['x', 'dy', 'partials'].map((name) => ({ name, access: 'read' })) as Shader['buffers']),
      ...(['dx', 'dGamma', 'dBeta'].map((name) => ({ name, access: 'read_write' })) as Shader['buffers']),
    ],
    uniforms: CHANNEL_NUMBERS,
    body: () => {
      const functions = [activationFunctions('slope'), FACTOR_AT, BLOCK_SUMS];
      return [channelFrame(group), ...functions, channelMain(group, main)].join('\n');
    },
  });
}
