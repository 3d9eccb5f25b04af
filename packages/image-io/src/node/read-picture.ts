import sharp, { type Sharp, type SharpOptions } from 'sharp';
import type { ResolvedDecodeOptions } from '../decode-options';
import { fitPicture } from '../fit-picture';
import { overBackground, type Picture } from '../picture';
import { treatmentOf, type Source, type Treatment, type Values } from './treatments';

export interface OpenedPicture extends Source {
  /** After the EXIF rotation. */
  width: number;
  height: number;
}

export interface ReadOptions extends Pick<ResolvedDecodeOptions, 'target' | 'fit' | 'background' | 'maxPixels'> {
  /** When libvips gives up: with 'warning', at the first irregularity. */
  failOn: 'warning' | 'error';
}

/** Decodes a picture, upright, over the background, at the requested size. */
export async function readPicture(opened: OpenedPicture, options: ReadOptions): Promise<Picture> {
  const { target, fit, background, failOn, maxPixels } = options;
  const sharpOptions: SharpOptions = { failOn, limitInputPixels: maxPixels };
  const treatment = treatmentOf(opened);
  if (treatment) {
    const picture = overBackground(treatment.toSrgb(await readValues(treatment, opened, sharpOptions), opened), background);
    return target ? fitPicture(picture, target, fit) : picture;
  }
  const image = sharp(opened.bytes, sharpOptions).autoOrient().toColourspace('srgb');
  if (target && (opened.width < target.width || opened.height < target.height)) {
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
    return fitPicture(overBackground({ data, ...info }, background), target, fit);
  }
  const [r, g, b] = background;
  const pipeline = image.flatten({ background: { r, g, b } });
  if (!target) return toPicture(pipeline);
  return toPicture(pipeline.resize({ ...target, fit: fit === 'squash' ? 'fill' : 'cover', fastShrinkOnLoad: false }));
}

async function toPicture(pipeline: Sharp): Promise<Picture> {
  const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true });
  return { pixels: new Uint8Array(data), width: info.width, height: info.height }; // [H, W, 3]
}

/** Reads 16-bit values; 8-bit ones are scaled to that range. Single-channel images are interleaved. */
async function readValues(treatment: Treatment, opened: OpenedPicture, options: SharpOptions): Promise<Values<Uint16Array>> {
  const wide = opened.header.depth === 'ushort' && !treatment.narrows;
  const parts = await Promise.all(
    [treatment.read(opened, options)].flat().map((image) =>
      image
        .autoOrient()
        .raw({ depth: wide ? 'ushort' : 'uchar' })
        .toBuffer({ resolveWithObject: true }),
    ),
  );
  const { width, height, channels } = parts[0]!.info;
  const values = parts.map(({ data }) => (wide ? asWords(data) : spread(data)));
  if (parts.length === 1) return { data: values[0]!, width, height, channels };
  const data = new Uint16Array(width * height * parts.length);
  values.forEach((plane, c) => {
    for (let i = 0; i < width * height; i++) data[i * parts.length + c] = plane[i * channels]!;
  });
  return { data, width, height, channels: parts.length };
}

const asWords = (data: Buffer) => new Uint16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength));

function spread(data: Buffer): Uint16Array {
  const values = new Uint16Array(data.length);
  for (let i = 0; i < data.length; i++) values[i] = data[i]! * 257;
  return values;
}
