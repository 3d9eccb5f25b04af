import { createReadStream, createWriteStream, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib';

/** Unpacking takes about three seconds; if it takes longer than this, something is wrong with the disk. */
const UNPACKING_LIMIT_MS = 120_000;

/** Chromium and its software Vulkan driver, on disk. */
export interface UnpackedChromium {
  executable: string;
  /** Environment variables for Chromium: paths of libraries that a bare machine lacks, and of fonts. */
  env: Record<string, string>;
  /** The driver's manifest. */
  vulkanDriver: string;
  /** A folder with Vulkan's loader and nothing else. */
  vulkanLoaderFolder: string;
}

/**
 * Unpacks the npm package @sparticuz/chromium into an empty folder: about 210 MB. The package's own function unpacks into a
 * fixed path, and unpacks the libraries only on cloud machines.
 */
export async function unpackNpmChromium(folder: string): Promise<UnpackedChromium> {
  const packed = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../../bin');
  for (const archive of ['al2023', 'fonts', 'swiftshader'])
    unpackTar(brotliDecompressSync(readFileSync(join(packed, `${archive}.tar.br`))), folder);
  const executable = join(folder, 'chromium');
  await pipeline(
    createReadStream(join(packed, 'chromium.br')),
    createBrotliDecompress({ chunkSize: 2 ** 21 }),
    createWriteStream(executable, { mode: 0o755 }),
    { signal: AbortSignal.timeout(UNPACKING_LIMIT_MS) },
  );
  const vulkanLoaderFolder = join(folder, 'vulkan');
  mkdirSync(vulkanLoaderFolder);
  symlinkSync('../libvulkan.so.1', join(vulkanLoaderFolder, 'libvulkan.so.1'));
  return {
    executable,
    env: { LD_LIBRARY_PATH: join(folder, 'lib'), FONTCONFIG_FILE: writeFontSettings(folder) },
    vulkanDriver: join(folder, 'vk_swiftshader_icd.json'),
    vulkanLoaderFolder,
  };
}

/** Makes Chromium see only the package's fonts, so that text has the same width on every machine. */
function writeFontSettings(folder: string): string {
  const path = join(folder, 'fonts.conf');
  writeFileSync(
    path,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>`,
  );
  return path;
}

/** Writes the files of a tar archive with short names: for each a header of 512 bytes, then its bytes, padded to a multiple of 512. */
function unpackTar(archive: Buffer, folder: string): void {
  const text = (from: number, length: number) => archive.toString('latin1', from, from + length).replace(/\0.*$/s, '');
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0;) {
    const [name, bytes, type] = [text(at, 100), parseInt(text(at + 124, 12), 8), text(at + 156, 1)];
    const path = join(folder, name);
    mkdirSync(type === '5' ? path : dirname(path), { recursive: true });
    if (type === '0' || type === '') writeFileSync(path, archive.subarray(at + 512, at + 512 + bytes), { mode: 0o755 });
    at += 512 + Math.ceil(bytes / 512) * 512;
  }
}
