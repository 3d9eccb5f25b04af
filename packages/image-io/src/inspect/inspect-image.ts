import { imageFormat } from '../image-format';
import { inspectAvif } from './inspect-avif';
import { inspectGif } from './inspect-gif';
import { inspectJpeg } from './inspect-jpeg';
import { inspectPng } from './inspect-png';
import { inspectTiff } from './inspect-tiff';
import { inspectWebp } from './inspect-webp';
import type { Inspection } from './inspection';

const INSPECTORS: Readonly<Record<string, (bytes: Uint8Array) => Inspection | Promise<Inspection>>> = {
  jpeg: inspectJpeg,
  png: inspectPng,
  gif: inspectGif,
  webp: inspectWebp,
  avif: inspectAvif,
  tiff: inspectTiff,
};

/** Inspects a picture's structure by the rules of its format. Nothing is reported for other formats. */
export async function inspectImage(bytes: Uint8Array): Promise<Inspection> {
  return (await INSPECTORS[imageFormat(bytes) ?? '']?.(bytes)) ?? { warnings: [] };
}
