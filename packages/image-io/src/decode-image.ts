import sharp from 'sharp';
import { asStillAvif, unsupportedAvif } from './avif/avif-properties';
import {
  damagedPicture,
  readSourceAndOptions,
  reportWarnings,
  tooManyPixels,
  unsupportedPicture,
  type DecodeImageOptions,
  type ResolvedDecodeOptions,
} from './decode-options';
import { formatName, imageFormat } from './image-format';
import type { ImageSource } from './image-source';
import { inspectImage } from './inspect/inspect-image';
import type { Inspection } from './inspect/inspection';
import { asRgbTiff, isLabTiff } from './inspect/lab-tiff';
import { unsupportedTiff } from './inspect/inspect-tiff';
import { looksWhole } from './inspect/looks-whole';
import { asReadableTiff } from './inspect/readable-tiff';
import { readPicture, type OpenedPicture } from './node/read-picture';
import type { Picture } from './picture';
import { withEndMarker } from './with-end-marker';

/**
 * Decodes a JPEG, PNG, WebP, AVIF, GIF or TIFF to sRGB pixels, resized to 128×128 by default. Only the first frame of an
 * animation is decoded.
 *
 * The EXIF orientation is applied, transparency is laid over `background`, greyscale becomes three equal channels, 16-bit is
 * scaled to 8, and an embedded colour profile is converted to sRGB; CMYK without one is converted as browsers do. PNG's gAMA, cHRM and cICP
 * are not applied. The picture is decoded at full size; sides that shrink are reduced with a Lanczos-3 filter, sides that grow are enlarged
 * with Keys' cubic, so the same bytes give the same pixels; JPEG's built-in shrinking is not used.
 * @param source the whole file: its bytes, a Blob or File, or a fetch's Response
 * @returns `pixels` Uint8Array [height, width, 3], 0-255
 * @throws Error that begins with `decodeImage: <name>` if the bytes are empty, not a picture, damaged, truncated, in an unsupported
 *   format, or too large, and with `strict` if they deviate from their format at all; TypeError for an unknown option
 */
export async function decodeImage(source: ImageSource, options: DecodeImageOptions = {}): Promise<Picture> {
  const { bytes, resolved } = await readSourceAndOptions(source, options);
  const opened = await openPicture(bytes, resolved);
  const strictly = () => readPicture(opened, { ...resolved, failOn: 'warning' });
  const quick = await strictly().catch(() => undefined);
  const seemsWhole = looksWhole(bytes) && (opened.bytes === bytes || looksWhole(opened.bytes));
  if (quick && !resolved.strict && !resolved.onWarning && seemsWhole) return quick;

  const { damage, warnings } = await inspectBoth(bytes, opened.bytes);
  if (damage) throw damagedPicture(resolved.name, damage);
  if (!quick && warnings.length === 0) warnings.push(`something that the ${formatName(bytes)} decoder warns about`);
  const leniently = () => readPicture({ ...opened, bytes: withEndMarker(opened.bytes) }, { ...resolved, failOn: 'error' });
  const picture = quick ?? (await leniently().catch(() => undefined));
  if (!picture) throw damagedPicture(resolved.name, `pixels that the ${formatName(bytes)} decoder cannot read`);
  reportWarnings(warnings, resolved);
  return picture;
}

/**
 * Reads only the header. libvips' messages are not passed on: it keeps them in one buffer for the whole process, where those of concurrent
 * decodes get mixed up.
 */
async function openPicture(bytes: Uint8Array, { maxPixels, name }: ResolvedDecodeOptions): Promise<OpenedPicture> {
  const kind =
    imageFormat(bytes) === 'tiff' ? unsupportedTiff(bytes) : imageFormat(bytes) === 'avif' ? unsupportedAvif(bytes) : undefined;
  if (kind) throw unsupportedPicture(name, kind);
  const still = asReadable(bytes);
  const readable = isLabTiff(still) ? asRgbTiff(still) : still;
  const header = await sharp(readable, { limitInputPixels: false, failOn: 'error' })
    .metadata()
    .catch(async () => {
      const { damage } = await inspectBoth(bytes, still);
      throw damagedPicture(name, damage ?? `a header that the ${formatName(bytes)} decoder cannot read`);
    });
  if (header.width * header.height > maxPixels) throw tooManyPixels(name, header, maxPixels);
  return { bytes: still, header, ...header.autoOrient };
}

/** The bytes to pass to libvips: unchanged, except for some kinds of AVIF and TIFF. */
function asReadable(bytes: Uint8Array): Uint8Array {
  const format = imageFormat(bytes);
  return format === 'avif' ? asStillAvif(bytes) : format === 'tiff' ? asReadableTiff(bytes) : bytes;
}

/** Inspects the structure of a file, and of the bytes that are decoded instead of it. */
async function inspectBoth(bytes: Uint8Array, readable: Uint8Array): Promise<Inspection> {
  const outer = await inspectImage(bytes);
  if (readable === bytes || outer.damage) return outer;
  const { damage, warnings } = await inspectImage(readable);
  return { damage, warnings: [...new Set([...outer.warnings, ...warnings])] };
}
