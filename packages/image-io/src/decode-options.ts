import { describeBytes, imageFormat } from './image-format';
import { assertRgb, type Rgb } from './picture';

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

/** The options with their defaults, checked. `target` is undefined for no resizing. */
export function resolveDecodeOptions(bytes: Uint8Array, options: DecodeImageOptions) {
  const { size = 128, fit = 'squash', background = [255, 255, 255], maxPixels = MAX_PIXELS, name = 'image' } = options;
  const target = resolveSize(size);
  assertRgb('decodeImage', 'background', background);
  if (!Number.isSafeInteger(maxPixels) || maxPixels < 1) {
    throw new RangeError(`decodeImage: maxPixels must be a positive integer, got ${maxPixels}`);
  }
  if (imageFormat(bytes) === undefined) {
    throw new Error(`decodeImage: ${name} must be a JPEG, PNG, WebP, AVIF, GIF or TIFF picture, but ${describeBytes(bytes)}`);
  }
  return { target, fit, background, maxPixels, name };
}

function resolveSize(size: DecodeImageOptions['size']): { width: number; height: number } | undefined {
  if (size === 'original' || size === undefined) return undefined;
  const target = typeof size === 'number' ? { width: size, height: size } : { width: size.width, height: size.height };
  if (!Object.values(target).every((side) => Number.isInteger(side) && side >= 1 && side <= 16384)) {
    throw new RangeError(`decodeImage: size must be whole numbers from 1 to 16384, got ${JSON.stringify(size)}`);
  }
  return target;
}

/** The error of a picture that is larger than it may be; `problem` and `remedy` are for programs, whose flags have other names. */
export function tooManyPixels(name: string, { width, height }: { width: number; height: number }, maxPixels: number): Error {
  const problem = `${name} must have at most ${maxPixels} pixels, got ${width}×${height} = ${width * height}`;
  const error = new Error(`decodeImage: ${problem}; raise maxPixels if it is to be trusted`);
  return Object.assign(error, { problem, remedy: { option: 'maxPixels' } });
}

/** The error of a picture that the decoder does not get through. */
export function damagedPicture(name: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
  return new Error(`decodeImage: ${name} must be a whole, undamaged picture, got: ${reason}`, { cause });
}
