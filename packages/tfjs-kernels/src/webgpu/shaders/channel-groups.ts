/** Maximal number of threads of a workgroup, which every WebGPU device supports. */
const MOST_THREADS = 256;
/** Maximal number of channels of a workgroup: 128 consecutive bytes. */
const MOST_CHANNELS = 32;
/** Maximal number of tiles that rows are cut into; the next dispatch adds up their results. */
const MOST_TILES = 64;
/** Minimal number of values that a thread sums. */
const LEAST_PER_THREAD = 16;

/** How a workgroup divides the values [rows, channels] of a tile: `lanes` threads for each of its channels. */
export interface ChannelGroup {
  channels: number;
  lanes: number;
}

/** The number of workgroups, and the share of each. */
export interface ChannelGrid {
  group: ChannelGroup;
  groups: number;
  tiles: number;
  rowsPerTile: number;
}

/** Cuts a block's values [rows, channels] into groups of channels and tiles of rows, depending only on the shape. */
export function channelGrid(rows: number, channels: number): ChannelGrid {
  const inGroup = Math.min(channels, MOST_CHANNELS);
  const lanes = Math.floor(MOST_THREADS / inGroup);
  const tiles = Math.max(1, Math.min(MOST_TILES, Math.floor(rows / (lanes * LEAST_PER_THREAD))));
  const rowsPerTile = Math.ceil(rows / tiles);
  return {
    group: { channels: inGroup, lanes },
    groups: Math.ceil(channels / inGroup),
    tiles: Math.ceil(rows / rowsPerTile),
    rowsPerTile,
  };
}

/**
 * Uniforms that every shader of this folder takes: the values' sizes and tiles, and the numbers of the layer. Rows and tiles are those of
 * one block of samples, which has statistics of its own.
 */
export const CHANNEL_NUMBERS = 'blocks: u32, rows: u32, channels: u32, rowsPerTile: u32, tiles: u32, epsilon: f32, slope: f32';

/** {@link CHANNEL_NUMBERS} as bytes. */
export function channelNumbers(
  values: { blocks: number; rows: number; channels: number; rowsPerTile: number; tiles: number },
  { epsilon = 0, slope = 1 }: { epsilon?: number; slope?: number },
): ArrayBuffer {
  const data = new ArrayBuffer(28);
  new Uint32Array(data, 0, 5).set([values.blocks, values.rows, values.channels, values.rowsPerTile, values.tiles]);
  new Float32Array(data, 20, 2).set([epsilon, slope]);
  return data;
}

/**
 * The frame of a shader over channels: `place` gives a thread's block, channel, lane and rows, and the index of its number in vectors
 * [blocks, channels]; `partialAt` gives that of one of the two partial results in [blocks, tiles, 2, channels]; `sumLanes(a, b)` adds up two numbers over
 * the lanes of each channel, the same for all of them (every thread has to call it).
 */
export function channelFrame({ channels, lanes }: ChannelGroup): string {
  const half = 2 ** Math.max(0, Math.ceil(Math.log2(lanes)) - 1);
  return `
    const GROUP_CHANNELS = ${channels}u;
    const LANES = ${lanes}u;
    var<workgroup> lanesA: array<f32, ${channels * lanes}>;
    var<workgroup> lanesB: array<f32, ${channels * lanes}>;
    struct Place {
      index: u32, column: u32, lane: u32, block: u32, channel: u32, isInside: bool, inVector: u32, firstRow: u32, endRow: u32
    }
    fn placeOf(group: vec3<u32>, index: u32) -> Place {
      let column = index % GROUP_CHANNELS;
      let channel = group.x * GROUP_CHANNELS + column;
      let inside = min(channel, numbers.channels - 1u);
      let blockStart = group.z * numbers.rows;
      let first = blockStart + group.y * numbers.rowsPerTile;
      let isInside = channel < numbers.channels;
      return Place(
        index, column, index / GROUP_CHANNELS, group.z, inside, isInside, group.z * numbers.channels + inside, first,
        select(first, min(blockStart + numbers.rows, first + numbers.rowsPerTile), isInside));
    }
    fn partialAt(place: Place, block: u32, tile: u32, which: u32) -> u32 {
      return ((block * numbers.tiles + tile) * 2u + which) * numbers.channels + place.channel;
    }
    fn sumLanes(place: Place, a: f32, b: f32) -> vec2<f32> {
      workgroupBarrier();
      lanesA[place.index] = a;
      lanesB[place.index] = b;
      for (var step = ${half}u; step > 0u; step /= 2u) {
        workgroupBarrier();
        if (place.lane < step && place.lane + step < LANES) {
          lanesA[place.index] += lanesA[place.index + step * GROUP_CHANNELS];
          lanesB[place.index] += lanesB[place.index + step * GROUP_CHANNELS];
        }
      }
      workgroupBarrier();
      return vec2<f32>(lanesA[place.column], lanesB[place.column]);
    }
    fn rowsOfTile(tile: u32) -> f32 {
      return f32(min(numbers.rowsPerTile, numbers.rows - tile * numbers.rowsPerTile));
    }`;
}

/** The entry point of a shader over channels. */
export const channelMain = ({ channels, lanes }: ChannelGroup, body: string): string => `
  @compute @workgroup_size(${channels * lanes})
  fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) index: u32) {
    let place = placeOf(group, index);
    ${body}
  }`;
