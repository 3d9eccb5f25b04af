/** Values of a rank whose sum depends on the order of the additions. */
export const valuesOf = (rank: number, length = 1001): Float32Array =>
  Float32Array.from({ length }, (_, i) => Math.fround(Math.sin(1 + i + 7919 * rank) * 10 ** ((i + rank) % 9)));
