import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cpus, freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { decodeImage, encodeJpeg } from '@cmcgan/image-io';
import { checkDataset } from '@cmcgan/sub-urmp';
import { BACKENDS, startBackend } from '@cmcgan/backends';
import { thisAddressSpace } from '@cmcgan/command-line';
import { describeMpi } from '@cmcgan/mpi';
import { freeDiskBytes } from '../files/free-disk-bytes';
import { nearestFolder } from '../files/nearest-folder';
import type { Machine } from './check';

const PROGRAM_TIMEOUT_MS = 10_000;

async function run(program: string, words: readonly string[]): Promise<string | null> {
  try {
    return (await promisify(execFile)(program, [...words], { timeout: PROGRAM_TIMEOUT_MS })).stdout;
  } catch {
    return null;
  }
}

async function probe(folder: string): Promise<void> {
  const probeFolder = await mkdtemp(join(nearestFolder(folder), '.doctor-'));
  try {
    await writeFile(join(probeFolder, 'probe'), 'can a run be written here?');
  } finally {
    await rm(probeFolder, { recursive: true, force: true });
  }
}

async function tryPictures(): Promise<void> {
  const picture = { pixels: new Uint8Array(8 * 8 * 3).fill(200), width: 8, height: 8 };
  const { pixels } = await decodeImage(await encodeJpeg(picture), { size: 'original' });
  if (Math.abs(pixels[0] - 200) > 2) throw new Error(`a grey of 200 came back as ${pixels[0]}`);
}

/** Multiplies two small matrices on a backend and checks the result. */
async function tryBackend(name: string): Promise<string> {
  const backend = await startBackend(name, { threads: null });
  try {
    const { matMul, ones } = await import('@tensorflow/tfjs-core');
    const product = matMul(ones([4, 8]), ones([8, 4]));
    const [value] = await product.data();
    product.dispose();
    if (value !== 8) throw new Error(`a product that is 8 came out as ${value}`);
    return backend.description;
  } finally {
    await backend.dispose();
  }
}

function hasPackage(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}

/** The machine that this process runs on. */
export function thisMachine(): Machine {
  const processors = cpus();
  return {
    nodeVersion: process.versions.node,
    processor: processors[0]?.model.trim() ?? 'of an unknown kind',
    cores: processors.length,
    availableBytes: process.availableMemory?.() ?? freemem(),
    totalBytes: totalmem(),
    addressSpace: thisAddressSpace(),
    environment: process.env,
    backends: BACKENDS,
    exists: existsSync,
    list: (folder) => (existsSync(folder) ? readdirSync(folder) : []),
    hasPackage,
    run,
    freeDiskBytes,
    probe,
    tryPictures,
    tryBackend,
    findMpi: describeMpi,
    checkData: (folder) => checkDataset(folder),
  };
}
