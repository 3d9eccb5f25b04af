import { decodeWavSamples } from './decode-wav-samples';
import { parseWavLayout } from './wav-layout';

/** Decoded sound: one Float32Array per channel, all of one length, full scale ±1. */
export interface DecodedAudio {
  samples: Float32Array[];
  sampleRateHz: number;
}

export interface ReadWavOptions {
  /** What errors call the file. Default `the file`. */
  name?: string;
  /** What to do when the file ends before the sound its header declares: `error` (the default), or `accept` what is there. */
  truncated?: 'error' | 'accept';
}

/**
 * Reads a WAV file: integers of 8, 16, 24 or 32 bits, floats of 32 or 64, any number of channels, plain, extensible, RF64 or
 * big-endian. Memory is taken for the samples that are there, never for what the header claims.
 *
 * @returns One Float32Array [samples] per channel; integers as fractions of full scale in [-1, 1), floats as stored.
 * @throws RangeError naming the file: no WAV, another encoding, truncated, no samples, samples that are no numbers.
 */
export function readWav(bytes: Uint8Array, { name = 'the file', truncated = 'error' }: ReadWavOptions = {}): DecodedAudio {
  const layout = parseWavLayout(bytes, name);
  if (!layout)
    throw new RangeError(`readWav: ${name} must hold a fmt and a data chunk, got ${bytes.length} bytes without (truncated?)`);
  const available = bytes.length - layout.dataOffset;
  const declared = layout.dataBytes ?? available;
  if (declared > available && truncated === 'error') {
    throw new RangeError(
      `readWav: ${name} must hold the ${declared} bytes of sound its header declares, got ${available} (truncated)`,
    );
  }
  const frameCount = Math.floor(Math.min(declared, available) / layout.blockBytes);
  if (frameCount === 0) throw new RangeError(`readWav: ${name} must hold at least one sample, got 0`);
  const samples = Array.from({ length: layout.channelCount }, () => new Float32Array(frameCount));
  decodeWavSamples(
    new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    layout.dataOffset,
    frameCount,
    layout,
    samples,
  );
  if (layout.encoding === 'float') assertWavNumbers(samples, name);
  return { samples, sampleRateHz: layout.sampleRateHz };
}

/** Refuses float samples that are no numbers; `position` is where in the file the piece lies. */
export function assertWavNumbers(channels: Float32Array[], name: string, position = 0): void {
  channels.forEach((samples, channel) => {
    const bad = samples.findIndex((value) => !Number.isFinite(value));
    if (bad < 0) return;
    const where = `at sample ${position + bad} of channel ${channel}`;
    throw new RangeError(`readWav: ${name} must hold finite samples, got ${samples[bad]} ${where}`);
  });
}
