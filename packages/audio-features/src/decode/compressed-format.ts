import type { DecodedAudio } from '../wav/read-wav';

/** One format that `decodeAudio` supports. */
export interface CompressedFormat {
  /** Its name in error messages. */
  name: string;
  /** Whether these bytes, the whole file, are in this format. */
  recognises(bytes: Uint8Array): boolean;
  /** Loads the decoder and decodes; the format's delay and padding are removed from the samples. */
  decode(bytes: Uint8Array, limits: DecodeLimits): Promise<DecodedFile>;
}

export interface DecodeLimits {
  /** Maximum number of samples, all channels together. */
  maxSamples: number;
}

export interface DecodedFile extends DecodedAudio {
  /** What is wrong or missing; `undefined` if the file is whole. */
  damage: string | undefined;
}

/** A rule that a file breaks, even if damage is accepted: "must keep its sample rate, got …". The caller prepends the file's name. */
export class BrokenRuleError extends RangeError {}

/** Throws if a file decodes to more samples than allowed. */
export function assertWithinLimit(sampleCount: number, { maxSamples }: DecodeLimits): void {
  if (sampleCount > maxSamples) throw new TooLongError(`more than the ${maxSamples} samples allowed`);
}

/** More samples than allowed; never treated as damage. */
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
