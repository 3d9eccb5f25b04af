import sharp, { type Sharp, type SharpOptions } from 'sharp';
import type { ResolvedDecodeOptions } from '../decode-options';
import { fitPicture } from '../fit-picture';
import { overBackground, type Picture } from '../picture';
import { treatmentOf, type Source, type Treatment, type Values } from './treatments';

export interface OpenedPicture extends Source {
  /** As it is shown, upright. */
  width: number;
  height: number;
}

export interface ReadOptions extends Pick<ResolvedDecodeOptions, 'target' | 'fit' | 'background' | 'maxPixels'> {
  /** What stops libvips: with 'warning', the first thing that it finds odd. */
  failOn: 'warning' | 'error';
}

/** Decodes a picture, upright, over the background, at the size that is asked for. */
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

/** Values of 16 bits; those of 8 are spread over the range. */
async function readValues(treatment: Treatment, opened: OpenedPicture, options: SharpOptions): Promise<Values<Uint16Array>> {
  const wide = opened.header.depth === 'ushort' && !treatment.narrows;
  const pipeline = treatment.read(opened, options).autoOrient();
  const { data, info } = await pipeline.raw({ depth: wide ? 'ushort' : 'uchar' }).toBuffer({ resolveWithObject: true });
  const size = { width: info.width, height: info.height, channels: info.channels };
  if (!wide) {
    const spread = new Uint16Array(data.length);
    for (let i = 0; i < data.length; i++) spread[i] = data[i]! * 257;
    return { ...size, data: spread };
  }
  return { ...size, data: new Uint16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength)) };
}
