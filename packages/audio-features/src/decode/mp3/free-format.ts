import type { MPEGDecoder } from 'mpg123-decoder';

/** The flags that mpg123-decoder 1.0.3 opens libmpg123 with: nowhere else in its memory are these bits. */
const FLAGS = 0x422868;
/** "Do not look at the next frame": without it the length of a frame in the free format, which has no bit rate, is not to be found. */
const NO_READAHEAD = 0x400000;

/**
 * Lets a decoder that is ready read the free format. mpg123-decoder offers no option for it, so that it is set where libmpg123 keeps it.
 * @throws RangeError if it is not there: another version
 */
export function readFreeFormat(decoder: MPEGDecoder): void {
  const heap = (decoder as unknown as { _common?: { wasm?: { HEAP?: ArrayBuffer } } })._common?.wasm?.HEAP;
  const words = new Uint32Array(heap ?? new ArrayBuffer(0));
  const at = words.indexOf(FLAGS);
  if (at < 0 || words.includes(FLAGS, at + 1)) throw new RangeError('this version of its decoder cannot read the free format');
  words[at] = FLAGS & ~NO_READAHEAD;
}
