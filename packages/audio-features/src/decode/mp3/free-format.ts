import type { MPEGDecoder } from 'mpg123-decoder';

/** The flags with which mpg123-decoder 1.0.3 opens libmpg123: these bits occur nowhere else in its memory. */
const FLAGS = 0x422868;
/** The flag "do not look at the next frame". In the free format, which has no bit rate, frame lengths can only be found without it. */
const NO_READAHEAD = 0x400000;

/**
 * Makes a decoder that is ready read the free format. mpg123-decoder has no option for it, so the flag is changed in libmpg123's memory.
 * @throws RangeError if the flags are not found, as in another version
 */
export function readFreeFormat(decoder: MPEGDecoder): void {
  const heap = (decoder as unknown as { _common?: { wasm?: { HEAP?: ArrayBuffer } } })._common?.wasm?.HEAP;
  const words = new Uint32Array(heap ?? new ArrayBuffer(0));
  const at = words.indexOf(FLAGS);
  if (at < 0 || words.includes(FLAGS, at + 1)) throw new RangeError('this version of its decoder cannot read the free format');
  words[at] = FLAGS & ~NO_READAHEAD;
}
