// Makes pictures such as a folder of them may hold: all formats that can be read, from icons to photographs of 12 megapixels, and a few files that
// are no pictures or damaged.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sharp = createRequire(fileURLToPath(import.meta.resolve('@cmcgan/image-io')))('sharp');

/** Width and height; AVIF takes too long to encode for the large ones. */
const SIZES = [[16, 16], [640, 480], [1920, 1080], [480, 640], [1024, 1024], [4000, 3000], [200, 1200], [1600, 1200]]; // prettier-ignore
const SMALL = [[64, 64], [640, 480], [800, 600]]; // prettier-ignore

/** A row for each kind of file: the ending of its name, how it is encoded, and the colours that it starts from. */
const KINDS = [
  { ending: 'jpg', encode: (picture) => picture.jpeg() },
  { ending: 'jpeg', encode: (picture) => picture.jpeg({ progressive: true, quality: 60 }).withMetadata({ orientation: 6 }) },
  { ending: 'png', encode: (picture) => picture.png() },
  { ending: 'png', encode: (picture) => picture.png({ compressionLevel: 3 }), channels: 4 },
  { ending: 'webp', encode: (picture) => picture.webp() },
  { ending: 'avif', encode: (picture) => picture.avif({ effort: 0 }), sizes: SMALL },
  { ending: 'gif', encode: (picture) => picture.gif({ effort: 1 }), sizes: SMALL },
  { ending: 'tif', encode: (picture) => picture.tiff({ compression: 'lzw' }) },
  { ending: 'jpg', encode: (picture) => picture.toColourspace('cmyk').jpeg() },
  { ending: 'png', encode: (picture) => picture.toColourspace('b-w').png() },
];

/** Waves of colour with a little noise. */
function pixelsOf(width, height, channels, seed) {
  const pixels = new Uint8Array(width * height * channels);
  for (let i = 0, y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++, i++)
        pixels[i] = ((x * (c + 2)) >> 3) + ((y * (seed + c)) >> 4) + ((i * 2_654_435_761) >>> 28);
    }
  }
  return pixels;
}

async function picture(index) {
  const { ending, encode, channels = 3, sizes = SIZES } = KINDS[index % KINDS.length];
  const [width, height] = sizes[index % sizes.length];
  const raw = { width, height, channels };
  return { ending, bytes: await encode(sharp(pixelsOf(width, height, channels, index), { raw })).toBuffer() };
}

/** A PNG whose header claims 3.6 gigapixels. */
function hugePng(png) {
  const bytes = Uint8Array.from(png);
  new DataView(bytes.buffer).setUint32(16, 60_000);
  new DataView(bytes.buffer).setUint32(20, 60_000);
  return bytes;
}

/** Files that cannot be read, by name. */
async function brokenFiles() {
  const { bytes: jpg } = await picture(10);
  const { bytes: png } = await picture(12);
  return {
    'a-text.jpg': 'this is no picture',
    'an-empty-file.png': '',
    'half-a-photograph.jpg': jpg.subarray(0, jpg.length / 2),
    'half-a-drawing.png': png.subarray(0, png.length / 2),
    'a-web-page.webp': '<!doctype html><title>404</title>',
    'a-sound.tif': Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1'),
    'a-bomb.png': hugePng(png),
    'zeros.gif': Buffer.alloc(1000),
  };
}

/** Fills a folder with so many files, some of them in folders of their own. @returns the names of those that are broken */
export async function makePictures(folder, count) {
  const broken = Object.entries(await brokenFiles());
  for (let index = 0; index < count - broken.length; index++) {
    const { ending, bytes } = await picture(index);
    const place = join(folder, `album ${Math.floor(index / 25)}`);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `${String(index).padStart(3, '0')}.${ending}`), bytes);
  }
  for (const [name, bytes] of broken) writeFileSync(join(folder, name), bytes);
  return broken.map(([name]) => name);
}
