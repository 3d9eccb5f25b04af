import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cmcgan } from '../cmcgan';
import { cmcganFromTensors } from '../cmcgan-from-tensors';
import { resolveConfig } from '../config';
import type { CmcganConfig } from '../config';
import { fromSafetensors } from '../safetensors';
import { CONFIG_FILE, WEIGHTS_FILE } from './file-names';

/**
 * Reads what `saveCmcgan` wrote.
 *
 * @throws one error that names the file, where one is missing, truncated, corrupt, or does not fit the other
 */
export async function loadCmcgan(folder: string): Promise<Cmcgan> {
  const config = readConfig(await read(join(folder, CONFIG_FILE)), join(folder, CONFIG_FILE));
  const path = join(folder, WEIGHTS_FILE);
  return cmcganFromTensors(config, fromSafetensors(await read(path), { name: path }).tensors, path);
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new Error(`loadCmcgan: ${path} must be readable, got ${(error as NodeJS.ErrnoException).code}`, { cause: error });
  }
}

function readConfig(bytes: Uint8Array, path: string): CmcganConfig {
  const given = parse(bytes, path);
  const missing = missingKey(given, resolveConfig());
  if (missing !== undefined) throw new Error(`loadCmcgan: ${path} must hold the whole configuration, but ${missing} is missing`);
  try {
    return resolveConfig(given as Partial<CmcganConfig>);
  } catch (error) {
    throw new Error(`loadCmcgan: ${path} must hold a valid configuration: ${(error as Error).message}`, { cause: error });
  }
}

function parse(bytes: Uint8Array, path: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (isRecord(value)) return value;
  } catch (error) {
    throw new Error(`loadCmcgan: ${path} must be JSON: ${(error as Error).message}`, { cause: error });
  }
  throw new Error(`loadCmcgan: ${path} must hold a JSON object`);
}

/** The first key of `whole` that `given` lacks, dotted where it is inside an object. */
function missingKey(given: Record<string, unknown>, whole: object): string | undefined {
  for (const [key, value] of Object.entries(whole)) {
    if (!Object.hasOwn(given, key)) return key;
    if (!isRecord(value)) continue;
    if (!isRecord(given[key])) return key;
    const inner = missingKey(given[key], value);
    if (inner !== undefined) return `${key}.${inner}`;
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
