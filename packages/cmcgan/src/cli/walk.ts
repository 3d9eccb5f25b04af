import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The paths of all files in a folder and those below it, in alphabetical order, without hidden ones. */
export async function* walk(folder: string, depth = Infinity): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth > 1) yield* walk(path, depth - 1);
    else if (entry.isFile() || entry.isSymbolicLink()) yield path;
  }
}

/** Whether a path is a pattern with `*`, `?`, `[…]` or `{…}`. */
export const isPattern = (text: string): boolean => /[*?[{]/.test(text);

/** A pattern for paths: the folder in which its matches are, and what the rest of their path must look like. */
export function parsePattern(pattern: string): { root: string; matches: RegExp; depth: number } {
  const parts = pattern.replaceAll('\\', '/').split('/');
  const first = parts.findIndex(isPattern);
  const rest = parts.slice(first);
  const source = rest.map((part) => (part === '**' ? '(?:.+/)?' : `${partSource(part)}/`)).join('');
  return {
    root: parts.slice(0, first).join('/') || (pattern.startsWith('/') ? '/' : '.'),
    matches: new RegExp(`^${source.replace(/\/$/, '')}$`),
    depth: rest.includes('**') ? Infinity : rest.length,
  };
}

/** One part of a path as a regular expression. */
function partSource(part: string): string {
  return part.replace(/\[[^\]]+\]|\{[^}]*\}|[*?]|[.+^$()|[\]{}]/g, (found) => {
    if (found === '*') return '[^/]*';
    if (found === '?') return '[^/]';
    if (found.length > 2 && found.startsWith('[')) return found.replace(/^\[!/, '[^');
    if (found.length > 1) return `(?:${found.slice(1, -1).split(',').map(partSource).join('|')})`;
    return `\\${found}`;
  });
}
