/**
 * `size` independent draws of N(0, standardDeviation²), the same for the same seed and name on every backend and machine.
 * The name keeps the weights of one layer from depending on which layers were made before it.
 */
export function seededNormal(seed: number, name: string, size: number, standardDeviation: number): Float32Array {
  const uniform = seededUniform(seed, name);
  const values = new Float32Array(size);
  for (let i = 0; i < size; i += 2) {
    // Box and Muller: two uniform draws make two normal ones. 1 - u is in (0, 1], where the logarithm is finite.
    const radius = standardDeviation * Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    values[i] = radius * Math.cos(angle);
    if (i + 1 < size) values[i + 1] = radius * Math.sin(angle);
  }
  return values;
}

/** Independent uniform draws in [0, 1), 32 bits each: the same for the same seed and name on every machine. */
export function seededUniform(seed: number, name: string): () => number {
  return sfc32(hash(`${seed}:${name}`));
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

/** Doty-Humphrey's small fast counting generator: uniform draws in [0, 1), 32 bits each. */
function sfc32(seed: number): () => number {
  let [a, b, c, counter] = [0, seed | 0, 0, 1];
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) next(); // as its author advises: until the seed has reached every bit
  return next;
}
