import { afterId3, lettersAt, withDecoder } from './compressed-format';
import type { CompressedFormat } from './compressed-format';

export const FLAC: CompressedFormat = {
  name: 'FLAC',
  recognises: (bytes) => lettersAt(bytes, afterId3(bytes), 'fLaC'),
  async decode(bytes) {
    const { FLACDecoder } = await import('@wasm-audio-decoders/flac');
    const stream = bytes.subarray(afterId3(bytes));
    const file = await withDecoder(new FLACDecoder(), (decoder) => decoder.decodeFile(withHeaderAfterLastFrame(stream)));
    const decoded = file.samples[0]?.length ?? 0;
    const declared = declaredSamples(stream);
    if (decoded >= declared) return file;
    return { ...file, damage: file.damage ?? `${decoded} of ${declared} samples (truncated?)` };
  },
};

/**
 * The header of a frame of 4096 mono samples at 44.1 kHz, the checksum of its header last, and zeros for as far as the parser reads
 * ahead. Together they are no frame: the checksum at a frame's end would not be right.
 */
const HEADER_AFTER_LAST_FRAME = Uint8Array.of(0xff, 0xf8, 0xc9, 0x08, 0x00, 0x95, ...new Uint8Array(32));

/**
 * The decoder's parser (codec-parser 2.5.0) takes a frame where its checksum is right and another header follows. Without one, at the
 * end of the file, it loses the last frame when that has 0xff before its checksum, and the last two when they are of a few bytes, as
 * silence is. So a header follows here.
 */
function withHeaderAfterLastFrame(stream: Uint8Array): Uint8Array {
  const followed = new Uint8Array(stream.length + HEADER_AFTER_LAST_FRAME.length);
  followed.set(stream);
  followed.set(HEADER_AFTER_LAST_FRAME, stream.length);
  return followed;
}

/** Number of samples in the stream's header, 36 bits in STREAMINFO; 0 where the encoder did not know. */
function declaredSamples(stream: Uint8Array): number {
  if (stream.length < 26) return 0;
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  return (stream[21]! & 15) * 2 ** 32 + view.getUint32(22);
}
