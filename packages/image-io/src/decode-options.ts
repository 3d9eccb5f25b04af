import { describeBytes, imageFormat } from './image-format';
import { readSource, type ImageSource } from './image-source';
import { assertKnownOptions } from './known-options';
import { assertRgb, type Rgb } from './picture';

/** The largest picture that decodeImage opens by default: 100 million pixels, some 300 MB once decoded. */
export const MAX_PIXELS = 100_000_000;

/** How a picture is brought to a size. */
export interface FitOptions {
  /** Side of the returned square, or both sides, or 'original' for no resizing. */
  size?: number | { width: number; height: number } | 'original';
  /** 'squash' keeps the whole frame whatever its proportions (the paper's way); 'crop' keeps the proportions and crops to the centre. */
  fit?: 'squash' | 'crop';
  /** The colour shown where the picture is transparent, or where a GIF's first frame does not cover the canvas. */
  background?: Rgb;
}

export interface DecodeImageOptions extends FitOptions {
  /** Pictures with more pixels are rejected before they are decoded. */
  maxPixels?: number;
  /** The picture's name in errors and warnings, such as its path. */
  name?: string;
  /** Rejects what browsers silently ignore: stray bytes, a missing end marker, a wrong checksum of a comment, … */
  strict?: boolean;
  /** Called with a sentence for each such deviation in a picture that was decoded. */
  onWarning?: (message: string) => void;
}

const FIT_OPTIONS = ['size', 'fit', 'background'];
const KNOWN = [...FIT_OPTIONS, 'maxPixels', 'name', 'strict', 'onWarning'];

/** The validated options with their defaults. `target` is undefined for no resizing. */
export type ResolvedDecodeOptions = ReturnType<typeof resolveDecodeOptions>;

function resolveDecodeOptions(options: DecodeImageOptions) {
  assertKnownOptions('decodeImage', options, KNOWN);
  const { size, fit, background, maxPixels = MAX_PIXELS, name = 'image', strict = false, onWarning } = options;
  const resolved = resolveFit('decodeImage', { size, fit, background });
  if (!Number.isSafeInteger(maxPixels) || maxPixels < 1) {
    throw new RangeError(`decodeImage: maxPixels must be a positive integer, got ${maxPixels}`);
  }
  if (typeof strict !== 'boolean') throw new TypeError(`decodeImage: strict must be true or false, got ${String(strict)}`);
  if (onWarning !== undefined && typeof onWarning !== 'function') {
    throw new TypeError(`decodeImage: onWarning must be a function, got ${String(onWarning)}`);
  }
  return { ...resolved, maxPixels, name, strict, onWarning };
}

/** Validates the options of `caller` and fills in the defaults. `target` is undefined for no resizing. */
export function resolveFit(caller: string, options: FitOptions) {
  assertKnownOptions(caller, options, FIT_OPTIONS);
  const { size = 128, fit = 'squash', background = [255, 255, 255] as const } = options;
  const target = resolveSize(caller, size);
  assertRgb(caller, 'background', background);
  if (fit !== 'squash' && fit !== 'crop') throw new RangeError(`${caller}: fit must be 'squash' or 'crop', got ${String(fit)}`);
  return { target, fit, background };
}

function resolveSize(caller: string, size: NonNullable<FitOptions['size']>): { width: number; height: number } | undefined {
  if (size === 'original') return undefined;
  if (typeof size === 'object' && size !== null) assertKnownOptions(`${caller}: size`, size, ['width', 'height']);
  const target =
    typeof size === 'object' && size !== null ? { width: size.width, height: size.height } : { width: size, height: size };
  if (!Object.values(target).every((side) => Number.isInteger(side) && side >= 1 && side <= 16384)) {
    throw new RangeError(`${caller}: size must be whole numbers from 1 to 16384, got ${JSON.stringify(size)}`);
  }
  return target;
}

/**
 * Reads the bytes of a picture, and validates them and the options.
 * @throws Error that says what the bytes look like if they do not begin like any of the supported formats
 */
export async function readSourceAndOptions(
  source: ImageSource,
  options: DecodeImageOptions,
): Promise<{ bytes: Uint8Array; resolved: ResolvedDecodeOptions }> {
  const resolved = resolveDecodeOptions(options);
  const bytes = await readSource('decodeImage', source);
  if (imageFormat(bytes) !== undefined) return { bytes, resolved };
  const formats = 'a JPEG, PNG, WebP, AVIF, GIF or TIFF picture';
  throw new Error(`decodeImage: ${resolved.name} must be ${formats}, but ${describeBytes(bytes)}`);
}

/** The error for a picture with too many pixels; `problem` and `remedy` are for command lines, whose flags have other names. */
export function tooManyPixels(name: string, { width, height }: { width: number; height: number }, maxPixels: number): Error {
  const problem = `${name} must have at most ${maxPixels} pixels, got ${width}×${height} = ${width * height}`;
  const error = new Error(`decodeImage: ${problem}; raise maxPixels if you trust the file`);
  return Object.assign(error, { problem, remedy: { option: 'maxPixels' } });
}

/** The error for a picture that cannot be decoded. */
export function damagedPicture(name: string, cause: unknown): Error {
  const [line = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
  const reason = line.replace(/\p{Cc}/gu, '?'); // decoders quote the file
  return new Error(`decodeImage: ${name} must be a whole, undamaged picture, got: ${reason}`, { cause });
}

/** The error for a whole picture of a kind that is not supported. */
export function unsupportedPicture(name: string, kind: string): Error {
  return new Error(`decodeImage: ${name} must be a picture of a supported kind, got ${kind}; convert it to PNG`);
}

/**
 * Reports how a picture that can be decoded deviates from its format.
 * @throws Error in strict mode, if there is anything
 */
export function reportWarnings(warnings: readonly string[], { name, strict, onWarning }: ResolvedDecodeOptions): void {
  if (warnings.length === 0) return;
  if (strict) {
    throw new Error(
      `decodeImage: ${name} must follow its format to the letter, got ${warnings.join('; ')}; omit strict to read it anyway`,
    );
  }
  onWarning?.(`decodeImage: ${name} was read in spite of ${warnings.join('; ')}`);
}
