import type { SampleFormat } from './sample-format';
import { A_LAW, MU_LAW } from './telephone-codes';

/**
 * Decodes `frameCount` blocks that start at `offset` of `view` into every channel from `position` on: integers to [-1, 1), floats
 * unchanged.
 */
export function decodeWavSamples(
  view: DataView,
  offset: number,
  frameCount: number,
  format: SampleFormat,
  channels: Float32Array[],
  position = 0,
): void {
  const read = sampleReader(view, format);
  const { blockBytes, sampleBytes } = format;
  for (let channel = 0; channel < channels.length; channel++) {
    const target = channels[channel]!;
    const start = offset + channel * sampleBytes;
    read(target, position, frameCount, start, blockBytes);
  }
}

type Reader = (target: Float32Array, position: number, count: number, start: number, step: number) => void;

function sampleReader(view: DataView, { encoding, sampleBytes, littleEndian }: SampleFormat): Reader {
  if (encoding === 'A-law') return readerOf((at) => A_LAW[view.getUint8(at)]!);
  if (encoding === 'µ-law') return readerOf((at) => MU_LAW[view.getUint8(at)]!);
  if (encoding === 'unsigned') return readerOf((at) => (view.getUint8(at) - 128) / 128);
  if (encoding === 'float') {
    if (sampleBytes === 8) return readerOf((at) => view.getFloat64(at, littleEndian));
    return readerOf((at) => view.getFloat32(at, littleEndian));
  }
  if (sampleBytes === 1) return readerOf((at) => view.getInt8(at) / 128);
  if (sampleBytes === 2) return read16(view, littleEndian);
  if (sampleBytes === 4) return readerOf((at) => view.getInt32(at, littleEndian) / 2147483648);
  if (sampleBytes > 4) return longReader(view, sampleBytes, littleEndian);
  if (littleEndian) return readerOf((at) => (view.getInt8(at + 2) * 65536 + view.getUint16(at, true)) / 8388608);
  return readerOf((at) => (view.getInt8(at) * 65536 + view.getUint16(at + 1, false)) / 8388608);
}

/** Reads integers of 5 to 8 bytes, as exactly as a float64 can hold them. */
function longReader(view: DataView, byteCount: number, littleEndian: boolean): Reader {
  const byteAt = (at: number, i: number) => (littleEndian ? at + byteCount - 1 - i : at + i); // the most significant first
  const fullScale = 2 ** (8 * byteCount - 1);
  return readerOf((at) => {
    let value = view.getInt8(byteAt(at, 0));
    for (let i = 1; i < byteCount; i++) value = value * 256 + view.getUint8(byteAt(at, i));
    return value / fullScale;
  });
}

function readerOf(sampleAt: (at: number) => number): Reader {
  return (target, position, count, start, step) => {
    for (let i = 0, at = start; i < count; i++, at += step) target[position + i] = sampleAt(at);
  };
}

const IS_LITTLE_ENDIAN = /* @__PURE__ */ (() => new Uint8Array(Uint16Array.of(1).buffer)[0] === 1)();

/** The common case: uses an Int16Array if the file allows it, which is several times as fast as a DataView. */
function read16(view: DataView, littleEndian: boolean): Reader {
  return (target, position, count, start, step) => {
    const first = view.byteOffset + start;
    if (littleEndian !== IS_LITTLE_ENDIAN || first % 2 !== 0) {
      for (let i = 0, at = start; i < count; i++, at += step) target[position + i] = view.getInt16(at, littleEndian) / 32768;
      return;
    }
    const stride = step / 2;
    const source = new Int16Array(view.buffer, first, (count - 1) * stride + 1);
    for (let i = 0, at = 0; i < count; i++, at += stride) target[position + i] = source[at]! * (1 / 32768);
  };
}
