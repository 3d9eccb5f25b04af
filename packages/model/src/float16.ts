const scratch = new DataView(new ArrayBuffer(4));

/** Bits of the IEEE 754 half-precision numbers nearest to these values (ties to even); beyond ±65,504 they become infinite. */
export function toFloat16(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, halfBits);
}

/** The values of half-precision numbers given by their bits. All of them are exact in float32. */
export function fromFloat16(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, halfValue);
}

function halfBits(value: number): number {
  scratch.setFloat32(0, value);
  const sign = scratch.getUint16(0) & 0x8000;
  const magnitude = Math.abs(value);
  if (Number.isNaN(value)) return sign | 0x7e00;
  if (magnitude >= 65_520) return sign | 0x7c00;
  // Below 2⁻¹⁴ halves are subnormal, spaced by 2⁻²⁴; above, a power of two has 1,024 of them.
  const exponent = Math.max(((scratch.getUint16(0) >> 7) & 0xff) - 127, -14);
  const steps = roundToEven(magnitude * 2 ** (10 - exponent));
  // A significand that was rounded up to the next power of two carries into the exponent by itself.
  return sign | (((exponent + 14) << 10) + steps);
}

function halfValue(bits: number): number {
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

function roundToEven(value: number): number {
  const below = Math.floor(value);
  const over = value - below;
  return over > 0.5 || (over === 0.5 && below % 2 === 1) ? below + 1 : below;
}
