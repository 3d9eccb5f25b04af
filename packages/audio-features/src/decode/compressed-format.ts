import type { DecodedAudio } from '../wav/read-wav';

/** One compressed format that `decodeAudio` reads. */
export interface CompressedFormat {
  /** What the person who reads an error calls it. */
  name: string;
  /** Whether these bytes, the whole file, are of this format. */
  recognises(bytes: Uint8Array): boolean;
  /** Loads the decoder and decodes; the format's own delay and padding are gone from the samples. */
  decode(bytes: Uint8Array, limits: { maxSamples: number }): Promise<DecodedFile>;
}

export interface DecodedFile extends DecodedAudio {
  /** What the decoder found wrong, or is missing at the end; `undefined` when the file is whole. */
  damage: string | undefined;
}

/** What all the decoders return. */
interface DecoderOutput {
  channelData: Float32Array[];
  sampleRate: number;
  errors: { message: string }[];
}

interface Decoder {
  ready: Promise<void>;
  free(): void;
}

/** Runs one decoder over one file and frees it, whatever happens. */
export async function withDecoder<D extends Decoder>(
  decoder: D,
  decode: (decoder: D) => DecoderOutput | Promise<DecoderOutput>,
): Promise<DecodedFile> {
  await decoder.ready;
  try {
    const { channelData, sampleRate, errors } = await decode(decoder);
    return { samples: channelData, sampleRateHz: sampleRate, damage: errors[0]?.message };
  } finally {
    decoder.free();
  }
}

/** Whether `letters` stand at `offset`. */
export function lettersAt(bytes: Uint8Array, offset: number, letters: string): boolean {
  return [...letters].every((letter, i) => bytes[offset + i] === letter.charCodeAt(0));
}

/** Where the audio begins after an ID3v2 tag, if there is one. */
export function afterId3(bytes: Uint8Array): number {
  if (!lettersAt(bytes, 0, 'ID3') || bytes.length < 10) return 0;
  const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + (bytes[at]! & 127), 0);
  const footer = (bytes[5]! & 16) === 16 ? 10 : 0;
  return 10 + size + footer;
}
