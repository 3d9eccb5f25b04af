import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { prettifyError } from 'zod';
import { UserError } from '@cmcgan/command-line';

/** Reads a JSON file that must fit a schema; an error of one line names the file. */
export async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const text = await readFile(path, 'utf8');
  const result = schema.safeParse(parseJson(text, path));
  if (result.success) return result.data;
  throw new UserError(`${path} is not what was expected: ${prettifyError(result.error).replaceAll('\n', ' ')}`);
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`${path} is not JSON: ${(error as Error).message}`, undefined, { cause: error });
  }
}
