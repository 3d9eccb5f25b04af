import { readFile } from 'node:fs/promises';
import type { z } from 'zod';

/**
 * Reads a JSON file that must fit a schema.
 *
 * @param what what the file should be, for errors: "the config.json of a run"
 * @throws Error of one sentence that names the file and its first problem
 */
export async function readJson<T>(path: string, schema: z.ZodType<T>, what: string): Promise<T> {
  const refuse = (reason: string, cause?: unknown) => new Error(`${path} is not ${what}: ${reason}`, { cause });
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw refuse(`it cannot be read (${error.code})`, error);
  });
  const read = parseJson(text, schema);
  if ('reason' in read) throw refuse(read.reason);
  return read.value;
}

/** Parses JSON text that must fit a schema: returns its value, or its first problem as a clause, such as "data.pairs is missing". */
export function parseJson<T>(text: string, schema: z.ZodType<T>): { value: T } | { reason: string } {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { reason: text.trim() === '' ? 'it is empty' : 'it is not JSON' };
  }
  const result = schema.safeParse(content);
  return result.success ? { value: result.data } : { reason: describeMismatch(content, result.error.issues[0]) };
}

/** Describes the first issue for people, with the value found. */
function describeMismatch(content: unknown, issue: z.core.$ZodIssue): string {
  const name = issue.path.map(String).join('.');
  const found = issue.path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], content);
  if (found === undefined && name !== '') return `${name} is missing`;
  const subject = name === '' ? 'it' : name;
  return `${subject} must be ${expectedOf(issue)}, got ${shown(found)}`;
}

function expectedOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return EXPECTED[issue.expected] ?? `a ${issue.expected}`;
  if (issue.code === 'invalid_value') return issue.values.map(String).join(' or ');
  return issue.code === 'too_small' ? 'non-empty' : 'another value';
}

const EXPECTED: Readonly<Record<string, string>> = { object: 'an object', array: 'a list', record: 'an object' };
const LONGEST_VALUE = 40;

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
