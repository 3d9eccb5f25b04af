/** An RGB picture: `pixels` is a Uint8Array [height, width, 3], 0-255, row 0 at the top. */
export interface Picture {
  pixels: Uint8Array;
  width: number;
  height: number;
}

/** A colour as [red, green, blue], each 0-255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Throws a RangeError that names `caller` unless the picture has positive whole sizes and exactly width·height·3 pixels. */
export function assertPicture(caller: string, picture: Picture): void {
  const { pixels, width, height } = picture;
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new RangeError(`${caller}: width and height must be positive integers, got ${width} and ${height}`);
  }
  if (pixels.length !== width * height * 3) {
    throw new RangeError(`${caller}: pixels must hold ${height}·${width}·3 = ${width * height * 3} values, got ${pixels.length}`);
  }
}

/** Throws a RangeError that names `caller` and `argument` unless the colour is three numbers from 0 to 255. */
export function assertRgb(caller: string, argument: string, colour: Rgb): void {
  if (colour.length !== 3 || !colour.every((value) => value >= 0 && value <= 255)) {
    throw new RangeError(`${caller}: ${argument} must be three numbers from 0 to 255, got [${colour.join(', ')}]`);
  }
}

/** A picture of one colour. */
export function blankPicture(width: number, height: number, colour: Rgb): Picture {
  const pixels = new Uint8Array(width * height * 3);
  for (let i = 0; i < pixels.length; i++) pixels[i] = colour[i % 3];
  return { pixels, width, height };
}

/** Copies `source` into `target` with its top left corner at (left, top); it must lie inside. */
export function pastePicture(target: Picture, source: Picture, left: number, top: number): void {
  for (let y = 0; y < source.height; y++) {
    const row = source.pixels.subarray(y * source.width * 3, (y + 1) * source.width * 3);
    target.pixels.set(row, ((top + y) * target.width + left) * 3);
  }
}

/**
 * Makes a picture of 8-bit sRGB with 1 to 4 channels, [height, width, channels]: grey becomes three channels, alpha is laid over the
 * background.
 */
export function overBackground(
  { data, width, height, channels }: { data: Uint8Array | Uint8ClampedArray; width: number; height: number; channels: number },
  background: Rgb,
): Picture {
  const pixels = new Uint8Array(width * height * 3); // [H, W, 3]
  const colours = channels < 3 ? 1 : 3;
  for (let i = 0; i < width * height; i++) {
    const share = channels > colours ? data[i * channels + colours]! / 255 : 1;
    for (let c = 0; c < 3; c++) {
      const value = data[i * channels + Math.min(c, colours - 1)]!;
      pixels[i * 3 + c] = Math.round(value * share + background[c]! * (1 - share));
    }
  }
  return { pixels, width, height };
}
