import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { readIccProfile } from '../colour/icc-profile';
import { cmykToRgb, labToRgb, profileToSrgb } from '../colour/to-srgb';
import { imageFormat } from '../image-format';
import { asPlanes, hasCoarseChroma, planesToRgb } from '../avif/avif-planes';
import { avifColours, hasLimitedAlpha } from '../avif/avif-properties';
import { gifFirstFrame } from '../inspect/inspect-gif';
import { asRgbTiff, isLabTiff } from '../inspect/lab-tiff';
import { asPlainAlphaTiff, hasPlanarTiles, isPremultiplied, planesOfTiff } from '../inspect/planar-tiff';
import { isBigTiff } from '../inspect/write-tiff-directory';

/** The fields of the header that decoding depends on. */
export interface Header {
  space?: string;
  depth?: string;
  hasProfile?: boolean;
  icc?: Uint8Array;
}

/** A picture whose header was read. */
export interface Source {
  bytes: Uint8Array;
  header: Header;
}

/** Upright values at full size: [height, width, channels]. */
export interface Values<Data = Uint8Array> {
  data: Data;
  width: number;
  height: number;
  channels: number;
}

/** A kind of picture that libvips alone gets wrong: how to read its values instead, and how to convert them to 8-bit sRGB, with or without alpha. */
export interface Treatment {
  holds(source: Source): boolean;
  /** Returns one image, or one for each channel. */
  read(source: Source, options: SharpOptions): Sharp | Sharp[];
  /** `values` are 16-bit; 8-bit values are scaled to that range. */
  toSrgb(values: Values<Uint16Array>, source: Source): Values;
  /** Whether `read` returns 8 bits, whatever the file has. */
  narrows?: boolean;
}

/** 16-bit values rounded to 8 bits. */
function to8Bits({ data, ...rest }: Values<Uint16Array>): Values {
  const narrow = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) narrow[i] = Math.round(data[i]! / 257);
  return { ...rest, data: narrow };
}

/** CMYK without a profile, as shown by Pillow and browsers: no particular ink and paper are assumed. */
const PLAIN_CMYK: Treatment = {
  holds: ({ header }) => header.space === 'cmyk' && !header.hasProfile,
  read: ({ bytes }, options) => sharp(bytes, options).pipelineColourspace('cmyk').toColourspace('cmyk'),
  toSrgb(values) {
    const { data, channels, ...size } = to8Bits(values);
    return { ...size, channels: 3, data: cmykToRgb(channels === 4 ? data : data.filter((_, i) => i % channels < 4)) };
  },
};

const isWide = ({ space }: Header) => space === 'rgb16' || space === 'grey16';

/** sharp converts 16-bit colours with a profile only as far as P3, and ignores the profile of 16-bit grey. */
const WIDE_WITH_CURVES: Treatment = {
  holds: ({ header }) =>
    isWide(header) && header.icc !== undefined && readIccProfile(header.icc)?.channels === (header.space === 'grey16' ? 1 : 3),
  read: ({ bytes, header }, options) => sharp(bytes, { ...options, ignoreIcc: true }).toColourspace(header.space!),
  toSrgb: wideToSrgb,
};

/** The same for profiles with lookup tables, which libvips converts itself at 8 bits. */
const WIDE_WITH_TABLES: Treatment = {
  holds: ({ header }) => isWide(header) && header.hasProfile === true,
  read: ({ bytes, header }, options) =>
    sharp(bytes, options)
      .pipelineColourspace(header.space === 'grey16' ? 'b-w' : 'srgb')
      .toColourspace('srgb'),
  toSrgb: to8Bits,
  narrows: true,
};

/** libvips does not convert TIFF's Lab, so it is read as if it were RGB. */
const CIE_LAB: Treatment = {
  holds: ({ bytes }) => isLabTiff(bytes),
  read: ({ bytes }, options) => sharp(asRgbTiff(bytes), { ...options, ignoreIcc: true }),
  toSrgb(values) {
    const { data, channels, ...size } = to8Bits(values);
    return { ...size, channels: 3, data: labToRgb(channels === 3 ? data : data.filter((_, i) => i % channels < 3)) };
  },
};

/** libvips does not support separate tiles for each colour, so each colour is read as a grey picture. */
const PLANAR_TILES: Treatment = {
  holds: ({ bytes }) => hasPlanarTiles(bytes),
  read: ({ bytes, header }, options) =>
    planesOfTiff(bytes).map((plane) => sharp(plane, options).toColourspace(header.depth === 'ushort' ? 'grey16' : 'b-w')),
  toSrgb: (values, source) => wideToSrgb(isPremultiplied(source.bytes) ? dividedByAlpha(values) : values, source),
};

/** libvips divides by alpha at 16 bits, Pillow at 8: up to 3 levels apart where the picture is nearly transparent. */
const WIDE_PREMULTIPLIED: Treatment = {
  holds: ({ bytes, header }) => isWide(header) && isPremultiplied(bytes) && !isBigTiff(bytes),
  read: ({ bytes, header }, options) =>
    sharp(asPlainAlphaTiff(bytes), { ...options, ignoreIcc: true }).toColourspace(header.space!),
  toSrgb: (values, source) => wideToSrgb(dividedByAlpha(values), source),
};

/** Converts 16-bit values by their profile, if it has curves for the same number of colours. */
function wideToSrgb(values: Values<Uint16Array>, { header }: Source): Values {
  const { data, channels, ...size } = values;
  const transform = header.icc && readIccProfile(header.icc);
  const hasAlpha = channels % 2 === 0;
  if (transform?.channels !== channels - Number(hasAlpha)) return to8Bits(values);
  return { ...size, channels: 3 + Number(hasAlpha), data: profileToSrgb(data, { transform, hasAlpha }) };
}

/** Divides 8-bit colours by 8-bit alpha, and scales them to 16 bits again. */
function dividedByAlpha(values: Values<Uint16Array>): Values<Uint16Array> {
  const { data, channels } = values;
  if (channels % 2 === 1) return values;
  const divided = data.map((value, i) => {
    const alpha = data[i - (i % channels) + channels - 1]! >> 8;
    const isAlpha = i % channels === channels - 1;
    return 257 * (isAlpha || alpha === 0 ? value >> 8 : Math.min(255, Math.round(((value >> 8) * 255) / alpha)));
  });
  return { ...values, data: divided };
}

/** libheif leaves the levels of monochrome pictures as they are: in 8 bits, 16 for black and 235 for white. */
const LIMITED_GREY: Treatment = {
  holds({ bytes }) {
    const colours = imageFormat(bytes) === 'avif' ? avifColours(bytes) : undefined;
    return colours !== undefined && colours.monochrome && !colours.fullRange;
  },
  read: ({ bytes, header }, options) =>
    sharp(bytes, { ...options, ignoreIcc: true }).toColourspace(header.depth === 'ushort' ? 'rgb16' : 'srgb'),
  toSrgb({ data, ...rest }, { header }) {
    const [black, white] = header.depth === 'ushort' ? [64 * 64, 940 * 64] : [16 * 257, 235 * 257];
    const hasAlpha = rest.channels === 4;
    const stretched = Uint8ClampedArray.from(data, (value, i) =>
      hasAlpha && i % 4 === 3 ? value / 257 : (255 * (value - black)) / (white - black),
    );
    return { ...rest, data: new Uint8Array(stretched.buffer) };
  },
};

/** libheif repeats subsampled chroma, which leaves steps at coloured edges. */
const COARSE_CHROMA: Treatment = {
  holds: ({ bytes, header }) =>
    imageFormat(bytes) === 'avif' &&
    hasCoarseChroma(bytes) &&
    (!header.hasProfile || (header.icc !== undefined && readIccProfile(header.icc)?.channels === 3)),
  read: ({ bytes, header }, options) =>
    sharp(asPlanes(bytes), { ...options, ignoreIcc: true }).toColourspace(header.depth === 'ushort' ? 'rgb16' : 'srgb'),
  toSrgb(values, { bytes, header }) {
    const { data, ...size } = withFullAlpha(planesToRgb(values, bytes), bytes);
    const transform = header.icc && readIccProfile(header.icc);
    if (!transform) return to8Bits({ data, ...size });
    return { ...size, data: profileToSrgb(data, { transform, hasAlpha: size.channels > 3 }) };
  },
};

/** libheif leaves the levels of alpha as they are, too. */
const LIMITED_ALPHA: Treatment = {
  holds: ({ bytes, header }) => imageFormat(bytes) === 'avif' && hasLimitedAlpha(bytes) && !header.hasProfile,
  read: ({ bytes, header }, options) => sharp(bytes, options).toColourspace(header.depth === 'ushort' ? 'rgb16' : 'srgb'),
  toSrgb: (values, { bytes }) => to8Bits(withFullAlpha(values, bytes)),
};

/** Scales alpha from the limited to the full range. */
function withFullAlpha(values: Values<Uint16Array>, bytes: Uint8Array): Values<Uint16Array> {
  if (values.channels !== 4 || !hasLimitedAlpha(bytes)) return values;
  const data = values.data.map((value, i) =>
    i % 4 === 3 ? Math.min(65535, Math.max(0, Math.round(((value - 16 * 257) * 255) / 219))) : value,
  );
  return { ...values, data };
}

/** libvips paints the part of the canvas that a GIF's first frame does not cover black; it should be transparent. */
const SMALL_FRAME: Treatment = {
  holds({ bytes }) {
    const frame = imageFormat(bytes) === 'gif' ? gifFirstFrame(bytes) : undefined;
    if (!frame) return false;
    const { canvas, left, top, width, height } = frame;
    return left > 0 || top > 0 || left + width < canvas.width || top + height < canvas.height;
  },
  read: ({ bytes }, options) => sharp(bytes, options).toColourspace('srgb').ensureAlpha(),
  toSrgb(values, { bytes }) {
    const { left, top, width, height } = gifFirstFrame(bytes)!;
    const result = to8Bits(values);
    for (let y = 0; y < result.height; y++) {
      for (let x = 0; x < result.width; x++) {
        const covered = x >= left && x < left + width && y >= top && y < top + height;
        if (!covered) result.data[(y * result.width + x) * 4 + 3] = 0;
      }
    }
    return result;
  },
};

/** The first that applies is used. */
const TREATMENTS = [
  CIE_LAB,
  PLANAR_TILES,
  WIDE_PREMULTIPLIED,
  PLAIN_CMYK,
  LIMITED_GREY,
  COARSE_CHROMA,
  LIMITED_ALPHA,
  WIDE_WITH_CURVES,
  WIDE_WITH_TABLES,
  SMALL_FRAME,
];

/** The treatment that a picture needs; undefined if libvips alone gets it right. */
export function treatmentOf(source: Source): Treatment | undefined {
  return TREATMENTS.find((treatment) => treatment.holds(source));
}
