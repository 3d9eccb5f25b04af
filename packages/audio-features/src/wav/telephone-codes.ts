/** Full scale ±1 of every code of G.711's A-law: a sign, a segment and four bits within it, every other bit inverted. */
export const A_LAW = /* @__PURE__ */ Float32Array.from({ length: 256 }, (_, code) => {
  const bits = code ^ 0x55;
  const segment = (bits >> 4) & 7;
  const magnitude = ((bits & 15) << 4) + (segment === 0 ? 8 : 0x108);
  return ((bits & 0x80 ? 1 : -1) * magnitude * 2 ** Math.max(0, segment - 1)) / 32768;
});

/** Full scale ±1 of every code of G.711's µ-law: a sign, a segment and four bits within it, all inverted. */
export const MU_LAW = /* @__PURE__ */ Float32Array.from({ length: 256 }, (_, code) => {
  const bits = ~code;
  const magnitude = ((((bits & 15) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
  return ((bits & 0x80 ? -1 : 1) * magnitude) / 32768;
});
