import sharp from 'sharp';
import { describeBytes, imageFormat } from './image-format';
import { assertRgb, type Picture, type Rgb } from './picture';

/** The largest picture that decodeImage opens unless told otherwise: 100 million pixels, some 300 MB once unpacked. */
export const MAX_PIXELS = 100_000_000;

export interface DecodeImageOptions {
  /** Side of the square that is returned, or both sides, or 'original' for no resizing. */
  size?: number | { width: number; height: number } | 'original';
  /** 'squash' keeps the whole frame whatever its proportions (the paper's way); 'crop' keeps proportions and the centre. */
  fit?: 'squash' | 'crop';
  /** What shows through where the picture is transparent. */
  background?: Rgb;
  /** Pictures of more pixels than this are refused before they are unpacked. */
  maxPixels?: number;
  /** What the picture is called in errors: a path, say. */
  name?: string;
}

/**
 * Decodes a JPEG, PNG, WebP, AVIF, GIF (first frame) or TIFF to sRGB pixels, resized to 128×128 unless told otherwise.
 *
 * The EXIF orientation is applied, transparency is laid over `background`, greyscale becomes three equal channels, 16-bit is
 * scaled to 8 and CMYK is converted through its colour profile. The picture is decoded at full size and then reduced with a
 * Lanczos-3 filter (enlarged: cubic), so the same bytes give the same pixels; JPEG's built-in shrinking is not used.
 * @param bytes the whole file
 * @returns `pixels` Uint8Array [height, width, 3], 0-255
 * @throws Error that begins with `decodeImage: <name>` if the bytes are empty, no picture, damaged, truncated or too large
 */
export async function decodeImage(bytes: Uint8Array, options: DecodeImageOptions = {}): Promise<Picture> {
  const { size = 128, fit = 'squash', background = [255, 255, 255], maxPixels = MAX_PIXELS, name = 'image' } = options;
  const target = resolveSize(size);
  assertRgb('decodeImage', 'background', background);
  if (imageFormat(bytes) === undefined) {
    throw new Error(`decodeImage: ${name} must be a JPEG, PNG, WebP, AVIF, GIF or TIFF picture, but ${describeBytes(bytes)}`);
  }
  await assertPixelCount(bytes, maxPixels, name);
  const [r, g, b] = background;
  let pipeline = sharp(bytes, { failOn: 'warning', limitInputPixels: maxPixels })
    .autoOrient()
    .flatten({ background: { r, g, b } })
    .toColourspace('srgb');
  if (target) pipeline = pipeline.resize({ ...target, fit: fit === 'squash' ? 'fill' : 'cover', fastShrinkOnLoad: false });
  const { data, info } = await pipeline
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw damaged(name, cause);
    });
  return { pixels: new Uint8Array(data), width: info.width, height: info.height }; // [H, W, 3]
}

function resolveSize(size: DecodeImageOptions['size']): { width: number; height: number } | undefined {
  if (size === 'original' || size === undefined) return undefined;
  const target = typeof size === 'number' ? { width: size, height: size } : { width: size.width, height: size.height };
  if (!Object.values(target).every((side) => Number.isInteger(side) && side >= 1 && side <= 16384)) {
    throw new RangeError(`decodeImage: size must be whole numbers from 1 to 16384, got ${JSON.stringify(size)}`);
  }
  return target;
}

/** Reads the header alone. */
async function assertPixelCount(bytes: Uint8Array, maxPixels: number, name: string): Promise<void> {
  if (!Number.isSafeInteger(maxPixels) || maxPixels < 1) {
    throw new RangeError(`decodeImage: maxPixels must be a positive integer, got ${maxPixels}`);
  }
  const { width, height } = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw damaged(name, cause);
    });
  if (width * height > maxPixels) {
    throw new Error(
      `decodeImage: ${name} must have at most ${maxPixels} pixels, got ${width}×${height} = ${width * height}; raise maxPixels if it is to be trusted`,
    );
  }
}

function damaged(name: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
  return new Error(`decodeImage: ${name} must be a whole, undamaged picture, got: ${reason}`, { cause });
}
