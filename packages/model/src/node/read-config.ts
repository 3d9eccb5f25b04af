import { readFile } from 'node:fs/promises';

/**
 * Reads a JSON object.
 *
 * @throws an error that names the file if it cannot be read, is not JSON, or contains something else
 */
export async function readConfig(path: string): Promise<Record<string, unknown>> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    const problem = error.code === 'ENOENT' ? 'lie beside the weights, but it is missing' : `be readable, got ${error.code}`;
    throw new Error(`loadModel: ${path} must ${problem}`, { cause: error });
  });
  const value = parse(bytes, path);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Error(`loadModel: ${path} must hold a JSON object`);
}

function parse(bytes: Uint8Array, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new Error(`loadModel: ${path} must be JSON: ${(error as Error).message}`, { cause: error });
  }
}
