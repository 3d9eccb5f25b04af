import { decodeWavSamples } from './decode-wav-samples';
import { assertWavNumbers } from './read-wav';
import type { DecodedAudio, ReadWavOptions } from './read-wav';
import { parseWavLayout } from './wav-layout';
import type { WavLayout } from './wav-layout';

/** The sound must begin within this many bytes: chunks before it have to be kept until then. */
const LONGEST_HEADER_BYTES = 16 * 2 ** 20;

/**
 * Reads a WAV file of any length piece by piece, as its bytes arrive: `for await (const { samples } of streamWav(createReadStream(path)))`.
 * Holds one piece in memory; a piece has as many samples as came with one piece of `source`.
 *
 * @param source The file's bytes in order: a Node stream, a web stream where those are iterable, any async iterable.
 * @throws RangeError as `readWav`; a truncated file when its end is reached, after the pieces that are there.
 */
export async function* streamWav(
  source: AsyncIterable<Uint8Array>,
  { name = 'the file', truncated = 'error' }: ReadWavOptions = {},
): AsyncGenerator<DecodedAudio, void, undefined> {
  let layout: WavLayout | undefined;
  let held: Uint8Array = new Uint8Array(0);
  let soundBytes = 0; // decoded so far
  for await (const chunk of source) {
    held = held.length === 0 ? chunk : join(held, chunk);
    if (!layout) {
      layout = held.length >= 12 ? parseWavLayout(held, name) : undefined;
      if (!layout && held.length > LONGEST_HEADER_BYTES) {
        throw new RangeError(`readWav: ${name} must have its sound begin within ${LONGEST_HEADER_BYTES} bytes, got none by then`);
      }
      if (!layout) continue;
      held = held.subarray(layout.dataOffset);
    }
    const missing = (layout.dataBytes ?? Infinity) - soundBytes;
    const frameCount = Math.floor(Math.min(held.length, missing) / layout.blockBytes);
    if (frameCount === 0) continue;
    yield decodePiece(held, frameCount, layout, name, soundBytes / layout.blockBytes);
    soundBytes += frameCount * layout.blockBytes;
    if (soundBytes + layout.blockBytes > (layout.dataBytes ?? Infinity)) return;
    held = held.slice(frameCount * layout.blockBytes);
  }
  assertComplete(layout ?? parseWavLayout(held, name), soundBytes, name, truncated);
}

function decodePiece(bytes: Uint8Array, frameCount: number, layout: WavLayout, name: string, position: number): DecodedAudio {
  const samples = Array.from({ length: layout.channelCount }, () => new Float32Array(frameCount));
  decodeWavSamples(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, frameCount, layout, samples);
  if (layout.encoding === 'float') assertWavNumbers(samples, name, position);
  return { samples, sampleRateHz: layout.sampleRateHz };
}

function assertComplete(layout: WavLayout | undefined, soundBytes: number, name: string, truncated: 'error' | 'accept'): void {
  if (!layout) throw new RangeError(`readWav: ${name} must hold a fmt and a data chunk, got an end before both (truncated?)`);
  const declared = layout.dataBytes ?? soundBytes;
  if (declared - soundBytes >= layout.blockBytes && truncated === 'error') {
    throw new RangeError(
      `readWav: ${name} must hold the ${declared} bytes of sound its header declares, got ${soundBytes} (truncated)`,
    );
  }
  if (soundBytes === 0) throw new RangeError(`readWav: ${name} must hold at least one sample, got 0`);
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
