import { imageFormat } from './image-format';

/** Width and height from the header of a JPEG, PNG, GIF or WebP; undefined for other formats and truncated headers. */
export function headerSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return READERS[imageFormat(bytes) ?? '']?.(view);
  } catch {
    return undefined; // past the end
  }
}

const READERS: Readonly<Record<string, (view: DataView) => { width: number; height: number } | undefined>> = {
  png: (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  gif: (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  jpeg: jpegSize,
  webp: webpSize,
};

/** Walks the segments to the frame header (SOF0…SOF15 without DHT, JPG and DAC). */
function jpegSize(view: DataView) {
  for (let at = 2; ;) {
    while (view.getUint8(at) === 0xff) at++;
    const marker = view.getUint8(at);
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { height: view.getUint16(at + 4), width: view.getUint16(at + 6) };
    }
    at += 1 + view.getUint16(at + 1);
  }
}

function webpSize(view: DataView) {
  const kind = String.fromCharCode(...[12, 13, 14, 15].map((at) => view.getUint8(at)));
  if (kind === 'VP8X') {
    const uint24 = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65536;
    return { width: uint24(24) + 1, height: uint24(27) + 1 };
  }
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return kind === 'VP8 ' ? { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff } : undefined;
}
