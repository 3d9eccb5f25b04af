import { afterId3, lettersAt, withDecoder } from './compressed-format';
import type { CompressedFormat } from './compressed-format';

export const FLAC: CompressedFormat = {
  name: 'FLAC',
  recognises: (bytes) => lettersAt(bytes, afterId3(bytes), 'fLaC'),
  async decode(bytes) {
    const { FLACDecoder } = await import('@wasm-audio-decoders/flac');
    const stream = bytes.subarray(afterId3(bytes));
    const file = await withDecoder(new FLACDecoder(), (decoder) => decoder.decodeFile(stream));
    const decoded = file.samples[0]?.length ?? 0;
    const declared = declaredSamples(stream);
    if (decoded >= declared) return file;
    return { ...file, damage: file.damage ?? `${decoded} of ${declared} samples (truncated?)` };
  },
};

/** Number of samples in the stream's header, 36 bits in STREAMINFO; 0 where the encoder did not know. */
function declaredSamples(stream: Uint8Array): number {
  if (stream.length < 26) return 0;
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  return (stream[21]! & 15) * 2 ** 32 + view.getUint32(22);
}
