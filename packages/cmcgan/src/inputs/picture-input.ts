import { decodeImage, fitPixels, type Picture } from '@cmcgan/image-io';
import { pause } from '../abort';
import type { Platform } from '../platform';
import { describe, type FileContent } from './file-content';

/** A picture: a file by its path (in Node) or URL, its contents, pixels [height, width, 3] in memory, or a canvas's `ImageData`. */
export type PictureInput = string | URL | FileContent | Picture | ImageData;

/** Reads a picture as the networks see it: pixels Uint8Array [128, 128, 3], the whole frame squashed to a square. */
export async function readPicture(input: PictureInput, platform: Platform, signal?: AbortSignal): Promise<Uint8Array> {
  const pixels = await pixelsOf(input, platform, signal);
  await pause(signal);
  return pixels;
}

async function pixelsOf(input: PictureInput, platform: Platform, signal?: AbortSignal): Promise<Uint8Array> {
  if (input === undefined || input === null) throw new Error(`picture must be given, got ${input}`);
  if (isPixels(input)) return fitPixels(input).pixels;
  if (typeof input === 'string' || input instanceof URL) {
    return (await decodeImage(await platform.readFile(input, signal), { name: String(input) })).pixels;
  }
  if (!isFile(input)) {
    throw new Error(`picture must be a path, a URL, a file's contents or pixels, got ${describe(input)}`);
  }
  return (await decodeImage(input as ArrayBuffer, { name: nameOf(input) ?? 'the picture' })).pixels;
}

const isPixels = (input: object | string): input is Picture | ImageData =>
  typeof input === 'object' && ('pixels' in input || ('data' in input && 'width' in input));

/** Whether it may be the contents of a file. */
export const isFile = (input: unknown): input is FileContent =>
  ArrayBuffer.isView(input) ||
  /^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(input)) ||
  typeof (input as Partial<Blob> | undefined)?.arrayBuffer === 'function';

/** The name of a `File`. */
export const nameOf = (input: unknown): string | undefined => {
  const { name } = input as Partial<File>;
  return typeof name === 'string' && name !== '' ? name : undefined;
};
