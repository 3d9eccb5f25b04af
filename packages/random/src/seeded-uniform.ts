/**
 * A stream of independent uniform draws in [0, 1), 32 bits each, the same for the same seed and name on every platform: Doty-Humphrey's
 * sfc32, seeded by the 32-bit FNV-1a hash of both. Smaller and faster than `createRandom`, but it can neither be forked nor saved.
 * The function is self-contained, so that a page's script can embed its source.
 */
export function seededUniform(seed: number, name: string): () => number {
  const text = `${seed}:${name}`;
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  let [a, b, c, counter] = [0, hash | 0, 0, 1];
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) next(); // as its author advises, until the seed has affected every bit
  return next;
}
