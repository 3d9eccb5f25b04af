/**
 * Maps pixels to the range that networks work in: 0 → -1, 255 → 1, linearly.
 * @param pixels Uint8Array of any shape, 0-255
 * @param target written to and returned, of the same length; a new array by default
 * @returns Float32Array of the same shape, [-1, 1]
 */
export function pixelsToImage(pixels: Uint8Array, target = new Float32Array(pixels.length)): Float32Array {
  if (target.length !== pixels.length) {
    throw new RangeError(`pixelsToImage: target must hold ${pixels.length} values, got ${target.length}`);
  }
  for (let i = 0; i < pixels.length; i++) target[i] = pixels[i] / 127.5 - 1;
  return target;
}

/**
 * The inverse of `pixelsToImage`: -1 → 0, 1 → 255, rounded to the nearest. Values outside [-1, 1] are clipped, since a generator
 * whose last layer is not bounded may overshoot.
 * @param image Float32Array of any shape
 * @returns Uint8Array of the same shape
 * @throws RangeError if a value is not a number
 */
export function imageToPixels(image: Float32Array): Uint8Array {
  const pixels = new Uint8ClampedArray(image.length);
  for (let i = 0; i < image.length; i++) {
    if (Number.isNaN(image[i])) throw new RangeError(`imageToPixels: image must hold numbers, got NaN at ${i}`);
    pixels[i] = Math.round((image[i] + 1) * 127.5);
  }
  return new Uint8Array(pixels.buffer);
}
