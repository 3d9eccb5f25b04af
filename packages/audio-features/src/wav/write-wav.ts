import { assertArgument } from '../assert-argument';
import { assertOptions, RATE_ELSEWHERE, type OptionNames } from '../assert-options';
import { channelsOf, isAudioBuffer, type AudioChannels } from '../audio-channels';

export interface WriteWavOptions {
  /** One waveform, one per channel, all of one length, or an AudioBuffer; finite. Full scale is ±1. */
  samples: AudioChannels;
  /** May be omitted for an AudioBuffer, which has one. */
  sampleRateHz?: number;
  /** 8, 16, 24: integers; 32: float (the default for `float: true`) or integer. Default 16. */
  bitDepth?: 8 | 16 | 24 | 32;
  /** Store 32-bit floats instead of integers. Needs bitDepth 32. */
  float?: boolean;
}

const NAMES: OptionNames<WriteWavOptions> = {
  samples: 'channels data',
  sampleRateHz: RATE_ELSEWHERE,
  bitDepth: 'bits bitspersample subtype',
  float: '',
};

/**
 * Writes a WAV file. Integers are rounded to the nearest step, so that what `readWav` returned is written back bit for bit; samples
 * beyond full scale saturate (32-bit floats keep them).
 *
 * @returns The bytes of the file.
 */
export function writeWav(options: WriteWavOptions): Uint8Array {
  assertOptions(options, NAMES, 'writeWav');
  const { samples, bitDepth = 16, float = false } = options;
  const { sampleRateHz = isAudioBuffer(samples) ? samples.sampleRate : Number.NaN } = options;
  const channels = channelsOf(samples, 'writeWav', 'samples');
  const frameCount = channels[0]?.length ?? 0;
  validate(channels, sampleRateHz, bitDepth, float);
  const sampleBytes = bitDepth / 8;
  const blockBytes = sampleBytes * channels.length;
  const dataBytes = blockBytes * frameCount;
  const bytes = new Uint8Array(44 + dataBytes + (dataBytes % 2));
  const view = new DataView(bytes.buffer);
  bytes.set(asciiBytes('RIFF'), 0);
  view.setUint32(4, bytes.length - 8, true);
  bytes.set(asciiBytes('WAVEfmt '), 8);
  view.setUint32(16, 16, true);
  view.setUint16(20, float ? 3 : 1, true);
  view.setUint16(22, channels.length, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, sampleRateHz * blockBytes, true);
  view.setUint16(32, blockBytes, true);
  view.setUint16(34, bitDepth, true);
  bytes.set(asciiBytes('data'), 36);
  view.setUint32(40, dataBytes, true);
  const write = float ? (at: number, value: number) => view.setFloat32(at, value, true) : integerWriter(view, bitDepth);
  for (let channel = 0; channel < channels.length; channel++) {
    const source = channels[channel]!;
    for (let i = 0, at = 44 + channel * sampleBytes; i < frameCount; i++, at += blockBytes) write(at, source[i]!);
  }
  return bytes;
}

function validate(channels: Float32Array[], sampleRateHz: number, bitDepth: number, float: boolean): void {
  const frameCount = channels[0]?.length ?? 0;
  assertArgument(channels.length < 65536, 'writeWav', 'samples must hold 1..65535 channels', channels.length);
  assertArgument(frameCount > 0, 'writeWav', 'samples must not be empty', frameCount);
  const validRate = Number.isInteger(sampleRateHz) && sampleRateHz > 0 && sampleRateHz < 2 ** 32;
  assertArgument(validRate, 'writeWav', 'sampleRateHz must be a positive integer', sampleRateHz);
  assertArgument([8, 16, 24, 32].includes(bitDepth), 'writeWav', 'bitDepth must be 8, 16, 24 or 32', bitDepth);
  assertArgument(!float || bitDepth === 32, 'writeWav', 'bitDepth must be 32 for floats', bitDepth);
  const dataBytes = (frameCount * channels.length * bitDepth) / 8;
  assertArgument(dataBytes < 2 ** 32 - 64, 'writeWav', 'samples must fit into 4 GiB', `${dataBytes} bytes`);
  channels.forEach((samples, channel) => {
    assertArgument(
      samples.length === frameCount,
      'writeWav',
      `channel ${channel} must hold ${frameCount} samples`,
      samples.length,
    );
    const bad = samples.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0)
      throw new RangeError(`writeWav: samples must be finite, got ${samples[bad]} at sample ${bad} of channel ${channel}`);
  });
}

function integerWriter(view: DataView, bitDepth: number): (at: number, value: number) => void {
  const fullScale = 2 ** (bitDepth - 1);
  const quantise = (value: number) => Math.min(fullScale - 1, Math.max(-fullScale, Math.round(value * fullScale)));
  if (bitDepth === 8) return (at, value) => view.setUint8(at, quantise(value) + 128);
  if (bitDepth === 16) return (at, value) => view.setInt16(at, quantise(value), true);
  if (bitDepth === 32) return (at, value) => view.setInt32(at, quantise(value), true);
  return (at, value) => {
    const step = quantise(value);
    view.setUint16(at, step & 0xffff, true);
    view.setInt8(at + 2, step >> 16);
  };
}

const asciiBytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
