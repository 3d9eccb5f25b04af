/** The header of an MPEG audio frame: layers I to III, MPEG 1, 2 and 2.5. */
export interface MpegHeader {
  layer: 1 | 2 | 3;
  mono: boolean;
  sampleRateHz: number;
  samplesPerFrame: number;
  /** Bytes of the frame including its header; undefined in the free format, where the distance to the next header gives it. */
  frameBytes: number | undefined;
  padded: boolean;
  /** Bytes between the header and the position of a Xing tag. */
  sideBytes: number;
}

const RATES_HZ = [44100, 48000, 32000];
/** kbit/s by bitrate index 1 … 14, for MPEG 1's layers and for MPEG 2's layer I and others. */
const BITRATES = {
  1: [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  2: [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  3: [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  low1: [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  low: [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};

/** The frame header at `offset`; `undefined` if there is none. */
export function readMpegHeader(bytes: Uint8Array, offset: number): MpegHeader | undefined {
  const [first, second, third, fourth] = bytes.subarray(offset, offset + 4);
  if (first !== 0xff || second === undefined || third === undefined || fourth === undefined) return undefined;
  const version = (second >> 3) & 3; // 0: MPEG 2.5, 2: MPEG 2, 3: MPEG 1
  const layer = 4 - ((second >> 1) & 3);
  const isFrame = (second & 0xe0) === 0xe0 && version !== 1 && layer !== 4 && third >> 4 !== 15 && (third & 12) !== 12;
  if (!isFrame || !isLayer(layer)) return undefined;
  const isMpeg1 = version === 3;
  const mono = fourth >> 6 === 3;
  const sampleRateHz = RATES_HZ[(third >> 2) & 3]! / (isMpeg1 ? 1 : version === 2 ? 2 : 4);
  const samplesPerFrame = layer === 1 ? 384 : layer === 3 && !isMpeg1 ? 576 : 1152;
  const padded = (third & 2) !== 0;
  const kilobits = BITRATES[isMpeg1 ? layer : layer === 1 ? 'low1' : 'low'][(third >> 4) - 1];
  const slotBytes = layer === 1 ? 4 : 1;
  const slots = kilobits && Math.floor((samplesPerFrame / 8 / slotBytes) * ((kilobits * 1000) / sampleRateHz) + 1e-9);
  return {
    layer,
    mono,
    sampleRateHz,
    samplesPerFrame,
    frameBytes: slots && (slots + (padded ? 1 : 0)) * slotBytes,
    padded,
    sideBytes: isMpeg1 ? (mono ? 17 : 32) : mono ? 9 : 17,
  };
}

const isLayer = (layer: number): layer is 1 | 2 | 3 => layer >= 1 && layer <= 3;
