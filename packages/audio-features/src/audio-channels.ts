/** The part of the Web Audio API's `AudioBuffer` that is used. */
export interface AudioBufferLike {
  readonly numberOfChannels: number;
  readonly sampleRate: number;
  getChannelData(channel: number): Float32Array;
}

/** Sound in memory: one Float32Array [samples] per channel, one Float32Array for mono, or an `AudioBuffer`. */
export type AudioChannels = Float32Array | readonly Float32Array[] | AudioBufferLike;

/** Whether it is an `AudioBuffer`. */
export function isAudioBuffer(source: unknown): source is AudioBufferLike {
  return typeof source === 'object' && source !== null && typeof (source as AudioBufferLike).getChannelData === 'function';
}

/**
 * The channels, not copied. Throws, naming `where`, if there are none or the source is of another type. @param argument its name in `where`
 */
export function channelsOf(source: AudioChannels, where: string, argument = 'channels'): Float32Array[] {
  const channels = list(source);
  if (!channels) {
    const rule = `${argument} must be a Float32Array, an array of them or an AudioBuffer`;
    throw new RangeError(`${where}: ${rule}, got ${describe(source)}`);
  }
  const unit = argument === 'channels' ? '' : ' channel';
  if (channels.length === 0) throw new RangeError(`${where}: ${argument} must hold at least one${unit}, got 0`);
  const other = channels.findIndex((channel) => !isFloat32(channel));
  if (other >= 0) {
    throw new RangeError(`${where}: ${argument} must hold a Float32Array for each channel, got ${describe(channels[other])}`);
  }
  return channels;
}

/** As `channelsOf`, for exactly one channel. */
export function monoOf(source: AudioChannels, where: string): Float32Array {
  const channels = channelsOf(source, where, 'samples');
  if (channels.length === 1) return channels[0]!;
  throw new RangeError(`${where}: samples must be of one channel (toMono mixes them), got ${channels.length}`);
}

function list(source: AudioChannels): Float32Array[] | undefined {
  if (isFloat32(source)) return [source];
  if (Array.isArray(source)) return source as Float32Array[];
  if (!isAudioBuffer(source)) return undefined;
  return Array.from({ length: source.numberOfChannels }, (_, channel) => source.getChannelData(channel));
}

/** Includes arrays of another realm. */
const isFloat32 = (value: unknown): value is Float32Array =>
  value instanceof Float32Array || Object.prototype.toString.call(value) === '[object Float32Array]';

function describe(value: unknown): string {
  return typeof value === 'object' && value !== null ? (value.constructor?.name ?? 'an object') : String(value);
}
