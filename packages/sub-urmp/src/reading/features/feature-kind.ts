import { LMS_FRAMES, MEL_COUNT } from '@cmcgan/audio-features';
import { decodeFrame, FRAME_SIZE, type OnDeparture } from './decode-frame';
import { decodeLms } from './decode-lms';

/** A kind of feature: computed from one file alone, and cached as a fixed number of bytes. */
export interface FeatureKind {
  readonly name: string;
  readonly byteLength: number;
  /** The file's bytes → the feature's bytes. Errors name the file. `onDeparture` is called for pictures only. */
  compute(bytes: Uint8Array, fileName: string, onDeparture?: OnDeparture): Promise<Uint8Array>;
}

/** Pixels of the squashed frame, Uint8Array [128, 128, 3]. */
export const FRAME: FeatureKind = { name: 'frame', byteLength: FRAME_SIZE * FRAME_SIZE * 3, compute: decodeFrame };

/** Log-mel spectrum in dB, the bytes of a Float32Array [128, 44]. */
export const LMS: FeatureKind = {
  name: 'lms',
  byteLength: MEL_COUNT * LMS_FRAMES * Float32Array.BYTES_PER_ELEMENT,
  async compute(bytes, fileName) {
    const { buffer, byteOffset, byteLength } = await decodeLms(bytes, fileName);
    return new Uint8Array(buffer, byteOffset, byteLength);
  },
};

/** A view of the bytes of a log-mel spectrum as its values. */
export function asFloats({ buffer, byteOffset, byteLength }: Uint8Array): Float32Array {
  return new Float32Array(buffer, byteOffset, byteLength / Float32Array.BYTES_PER_ELEMENT);
}
