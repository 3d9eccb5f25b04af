import type { DecodedAudio } from '../wav/read-wav';

/** One format that `decodeAudio` reads. */
export interface CompressedFormat {
  /** What the person who reads an error calls it. */
  name: string;
  /** Whether these bytes, the whole file, are of this format. */
  recognises(bytes: Uint8Array): boolean;
  /** Loads the decoder and decodes; the format's own delay and padding are gone from the samples. */
  decode(bytes: Uint8Array, limits: DecodeLimits): Promise<DecodedFile>;
}

export interface DecodeLimits {
  /** Samples, all channels together. */
  maxSamples: number;
}

export interface DecodedFile extends DecodedAudio {
  /** What the decoder found wrong, or is missing at the end; `undefined` when the file is whole. */
  damage: string | undefined;
}

/** A rule that a file breaks, damage accepted or not: "must keep its sample rate, got …". The caller puts its name before it. */
export class BrokenRuleError extends RangeError {}

/** Throws once a file unpacks to more than is allowed. */
export function assertWithinLimit(sampleCount: number, { maxSamples }: DecodeLimits): void {
  if (sampleCount > maxSamples) throw new TooLongError(`more than the ${maxSamples} samples allowed`);
}

/** Never taken for damage. */
export class TooLongError extends RangeError {}

/** The Float32Arrays of one channel, concatenated. */
export function joinSamples(pieces: readonly Float32Array[]): Float32Array {
  if (pieces.length === 1) return pieces[0]!;
  const joined = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
