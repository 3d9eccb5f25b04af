import { createShader } from '../shader';
import type { Shader } from '../shader';
import { activationFunctions } from './activation';
import type { ShaderActivation } from './activation';
import { CHANNEL_NUMBERS, channelFrame, channelMain } from './channel-groups';
import type { ChannelGroup } from './channel-groups';

/** Threads of a workgroup that processes values one by one, and values per thread. */
const THREADS = 256;
const VALUES_PER_THREAD = 4;

/** Workgroups for `count` values. */
export const flatWorkgroups = (count: number): [number, number, number] => [
  Math.ceil(count / (THREADS * VALUES_PER_THREAD)),
  1,
  1,
];

/** `each(at)` for every index below `count`, an expression. */
const eachValue = (count: string, body: string): string => `
  @compute @workgroup_size(${THREADS})
  fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) index: u32) {
    for (var i = 0u; i < ${VALUES_PER_THREAD}u; i++) {
      let at = (group.x * ${VALUES_PER_THREAD}u + i) * ${THREADS}u + index;
      if (at < ${count}) { ${body} }
    }
  }`;

/** y = activation(x · scale + shift) by channel; without `hasScale` y = activation(x + shift). */
export function affineShader(activation: ShaderActivation, hasScale: boolean): Shader {
  const channel = 'at % numbers.channels';
  const value = hasScale ? `x[at] * scale[${channel}] + shift[${channel}]` : `x[at] + shift[${channel}]`;
  const inputs = hasScale ? ['x', 'scale', 'shift'] : ['x', 'shift'];
  return createShader({
    key: `affine ${activation} ${hasScale}`,
    buffers: [...inputs.map((name) => ({ name, access: 'read' }) as const), { name: 'y', access: 'read_write' }],
    uniforms: CHANNEL_NUMBERS,
    body: () =>
      [
        activationFunctions(activation),
        eachValue('numbers.blocks * numbers.rows * numbers.channels', `y[at] = activate(${value}, numbers.slope);`),
      ].join('\n'),
  });
}

/** Writes dx from the output and its gradient, and its sums by channel to `partials` [tiles, channels]. */
export function affineGradientShader(activation: ShaderActivation, group: ChannelGroup): Shader {
  const main = `
    var sum = 0.0;
    for (var row = place.firstRow + place.lane; row < place.endRow; row += LANES) {
      let at = row * numbers.channels + place.channel;
      let gradient = dy[at] * derivative(y[at], numbers.slope);
      dx[at] = gradient;
      sum += gradient;
    }
    let whole = sumLanes(place, sum, 0.0);
    if (place.lane == 0u && place.isInside) { partials[group.y * numbers.channels + place.channel] = whole.x; }`;
  return createShader({
    key: `affine gradient ${activation} ${group.channels}x${group.lanes}`,
    buffers: [
      ...(['y', 'dy'].map((name) => ({ name, access: 'read' })) as Shader['buffers']),
      ...(['dx', 'partials'].map((name) => ({ name, access: 'read_write' })) as Shader['buffers']),
    ],
    uniforms: CHANNEL_NUMBERS,
    body: () => [channelFrame(group), activationFunctions(activation), channelMain(group, main)].join('\n'),
  });
}

/** Writes sums of x by column, times `slope`, to `partials` [tiles, channels]. */
export function columnSumsShader(group: ChannelGroup): Shader {
  const main = `
    var sum = 0.0;
    for (var row = place.firstRow + place.lane; row < place.endRow; row += LANES) { sum += x[row * numbers.channels + place.channel]; }
    let whole = sumLanes(place, sum, 0.0);
    if (place.lane == 0u && place.isInside) { partials[group.y * numbers.channels + place.channel] = whole.x * numbers.slope; }`;
  return createShader({
    key: `column sums ${group.channels}x${group.lanes}`,
    buffers: [
      { name: 'x', access: 'read' },
      { name: 'partials', access: 'read_write' },
    ],
    uniforms: CHANNEL_NUMBERS,
    body: () => [channelFrame(group), channelMain(group, main)].join('\n'),
  });
}

/** Uniforms of {@link sumSlicesShader}. */
export const sliceNumbers = (slices: number, count: number): ArrayBuffer => new Uint32Array([slices, count]).buffer;

/** Adds up `slices` [slices, count] in order. */
export function sumSlicesShader(): Shader {
  const body = `
    var sum = 0.0;
    for (var slice = 0u; slice < numbers.slices; slice++) { sum += slices[slice * numbers.count + at]; }
    result[at] = sum;`;
  return createShader({
    key: 'sum slices',
    buffers: [
      { name: 'slices', access: 'read' },
      { name: 'result', access: 'read_write' },
    ],
    uniforms: 'slices: u32, count: u32',
    body: () => eachValue('numbers.count', body),
  });
}
