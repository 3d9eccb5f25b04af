/** Joins pieces of little-endian float32 samples, in order, into one array. */
export function joinSamples(pieces: readonly Uint8Array[]): Float32Array {
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const samples = new Float32Array(Math.floor(bytes / 4));
  const target = new Uint8Array(samples.buffer);
  let at = 0;
  for (const piece of pieces) {
    target.set(piece.subarray(0, target.length - at), at);
    at += piece.length;
  }
  return samples;
}
