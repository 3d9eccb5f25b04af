import { assertOptions } from '../assert-options';
import { nameOf, readPieces, type AudioBytes, type AudioFile, type ByteStream } from '../audio-bytes';
import { fourLetters } from '../decode/magic';
import { decodeWavSamples } from './decode-wav-samples';
import { assertPolicy, assertWavNumbers, READ_WAV_OPTIONS } from './read-wav';
import type { DecodedAudio, ReadWavOptions } from './read-wav';
import { parseWavLayout } from './wav-layout';
import type { WavLayout } from './wav-layout';

/** The sound must begin within this many bytes, since the chunks before it are kept until then. */
const LONGEST_HEADER_BYTES = 16 * 2 ** 20;

/** The input of `streamWav`: bytes in order as they arrive, or a whole file. */
export type WavSource = AsyncIterable<AudioBytes> | ByteStream | AudioFile;

/**
 * Reads a WAV file of any length piece by piece, as its bytes arrive: `for await (const { samples } of streamWav(createReadStream(path)))`.
 * Holds one piece in memory; a piece has the samples of one piece of `source`. All pieces together are what `readWav`
 * returns; a second data chunk, which `readWav` would read instead of the first, is an error.
 *
 * @param source A Node stream, a web stream, any async iterable of bytes, a Response, or a whole file.
 * @throws RangeError as `readWav`; for a truncated file, when its end is reached, after the pieces that are there.
 */
export async function* streamWav(source: WavSource, options: ReadWavOptions = {}): AsyncGenerator<DecodedAudio, void, undefined> {
  assertOptions(options, READ_WAV_OPTIONS, 'streamWav');
  const { name = nameOf(source), truncated = 'error' } = options;
  assertPolicy(truncated, 'truncated', 'streamWav');
  const label = `streamWav: ${name}`;
  let layout: WavLayout | undefined;
  let held: Uint8Array = new Uint8Array(0);
  let soundBytes = 0; // decoded so far
  let watch: ((bytes: Uint8Array) => void) | undefined; // set once the sound has ended
  for await (const chunk of readPieces(source, 'streamWav')) {
    if (watch) {
      watch(chunk);
      continue;
    }
    held = held.length === 0 ? chunk : join(held, chunk);
    if (!layout) {
      layout = held.length >= 12 ? parseWavLayout(held, label, false) : undefined;
      if (!layout && held.length > LONGEST_HEADER_BYTES) {
        throw new RangeError(`${label} must have its sound begin within ${LONGEST_HEADER_BYTES} bytes, got none by then`);
      }
      if (!layout) continue;
      held = held.subarray(layout.dataOffset);
    }
    const frameCount = Math.floor(Math.min(held.length, layout.dataBytes - soundBytes) / layout.blockBytes);
    if (frameCount > 0) yield decodePiece(held, frameCount, layout, label, soundBytes / layout.blockBytes);
    soundBytes += frameCount * layout.blockBytes;
    held = held.slice(frameCount * layout.blockBytes);
    if (soundBytes + layout.blockBytes > layout.dataBytes) {
      watch = watchForSecond(layout, layout.dataBytes - soundBytes, label);
      watch(held);
    }
  }
  if (!layout) {
    layout = parseWavLayout(held, label, true);
    const frameCount = layout ? Math.floor(Math.min(held.length - layout.dataOffset, layout.dataBytes) / layout.blockBytes) : 0;
    if (layout && frameCount > 0) yield decodePiece(held.subarray(layout.dataOffset), frameCount, layout, label, 0);
    soundBytes = frameCount * (layout?.blockBytes ?? 0);
  }
  assertComplete(layout, soundBytes, label, truncated);
}

function decodePiece(bytes: Uint8Array, frameCount: number, layout: WavLayout, label: string, position: number): DecodedAudio {
  const samples = Array.from({ length: layout.channelCount }, () => new Float32Array(frameCount));
  decodeWavSamples(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, frameCount, layout, samples);
  if (layout.encoding === 'float') assertWavNumbers(samples, label, position);
  return { samples, sampleRateHz: layout.sampleRateHz };
}

/** Looks through the chunks after the sound, of which `left` bytes are still to come, for another data chunk. */
function watchForSecond({ dataBytes, littleEndian }: WavLayout, left: number, label: string): (bytes: Uint8Array) => void {
  let skip = left + (dataBytes % 2);
  let held: Uint8Array = new Uint8Array(0);
  return (bytes) => {
    held = held.length === 0 ? bytes : join(held, bytes);
    for (;;) {
      const passed = Math.min(skip, held.length);
      held = held.subarray(passed);
      skip -= passed;
      if (held.length < 8) break;
      const size = new DataView(held.buffer, held.byteOffset).getUint32(4, littleEndian);
      if (fourLetters(held, 0) === 'data' && size > 0) {
        throw new RangeError(
          `${label} must hold one data chunk to be read as a stream, got a second one (readWav reads the last)`,
        );
      }
      skip = 8 + size + (size % 2);
    }
    held = held.slice();
  };
}

function assertComplete(layout: WavLayout | undefined, soundBytes: number, label: string, truncated: 'error' | 'accept'): void {
  if (!layout) throw new RangeError(`${label} must hold a fmt and a data chunk, got an end before both (truncated?)`);
  const { dataBytes, blockBytes, streamed } = layout;
  if (dataBytes - soundBytes >= blockBytes && !streamed && truncated === 'error') {
    throw new RangeError(`${label} must hold the ${dataBytes} bytes of sound its header declares, got ${soundBytes} (truncated)`);
  }
  if (soundBytes === 0) throw new RangeError(`${label} must hold at least one sample, got 0`);
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
