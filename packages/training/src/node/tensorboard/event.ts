import { bytesField, doubleField, floatField, intField, message } from './protobuf';

/** An encoded picture: PNG or JPEG bytes, which TensorBoard distinguishes. */
export interface EventImage {
  readonly width: number;
  readonly height: number;
  readonly encoded: Uint8Array;
}

/** An encoded sound: the bytes of a WAV file, mono. */
export interface EventSound {
  readonly sampleRateHz: number;
  /** Number of samples. */
  readonly length: number;
  readonly encoded: Uint8Array;
}

/** The content of one event. */
export type EventContent =
  | { readonly fileVersion: string }
  /** Whether a session starts here, which supersedes what earlier ones wrote at `step` or later. */
  | { readonly sessionStart: true }
  | { readonly scalars: Readonly<Record<string, number>> }
  | { readonly images: Readonly<Record<string, EventImage>> }
  | { readonly sounds: Readonly<Record<string, EventSound>> };

const COLOURS_RGB = 3;
const SESSION_START = 1;

/** Field numbers are those of tensorflow/core/framework/summary.proto (Summary.Value, Image, Audio). */
const value = (tag: string, content: Uint8Array) => bytesField(1, message(bytesField(1, tag), content));

function summaryValues(content: EventContent): Uint8Array[] {
  if ('scalars' in content) return Object.entries(content.scalars).map(([tag, scalar]) => value(tag, floatField(2, scalar)));
  if ('images' in content) {
    return Object.entries(content.images).map(([tag, { width, height, encoded }]) => {
      const fields = [intField(1, height), intField(2, width), intField(3, COLOURS_RGB), bytesField(4, encoded)];
      return value(tag, bytesField(4, message(...fields)));
    });
  }
  if (!('sounds' in content)) return [];
  return Object.entries(content.sounds).map(([tag, { sampleRateHz, length, encoded }]) => {
    const format = [floatField(1, sampleRateHz), intField(2, 1), intField(3, length)];
    return value(tag, bytesField(6, message(...format, bytesField(4, encoded), bytesField(5, 'audio/wav'))));
  });
}

/** Encodes an event as defined in tensorflow/core/util/event.proto. `wallSeconds`: seconds since 1970. */
export function encodeEvent(at: { wallSeconds: number; step: number }, content: EventContent): Uint8Array {
  const time = [doubleField(1, at.wallSeconds), ...(at.step > 0 ? [intField(2, at.step)] : [])];
  if ('fileVersion' in content) return message(...time, bytesField(3, content.fileVersion));
  if ('sessionStart' in content) return message(...time, bytesField(7, intField(1, SESSION_START)));
  return message(...time, bytesField(5, message(...summaryValues(content))));
}
