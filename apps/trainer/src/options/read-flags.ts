import { resolve } from 'node:path';
import { usageError } from '@cmcgan/command-line';
import { FLAGS, flagName, type Flag } from './flags';
import type { OptionLayer } from './option-layer';
import { isNullable, NONE } from './option-path';

/** Flag values as typed, by the flag's camel-case name. */
export type TypedFlags = Readonly<Record<string, string | undefined>>;

const camelCase = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

function readValue({ name, path, read, names, words = {} }: Flag, text: string, folder: string): unknown {
  if (text.trim() === '') throw usageError(`--${name} must have a value, got an empty string`);
  if (text === NONE && isNullable(path)) return null;
  if (Object.hasOwn(words, text)) return words[text];
  if (names?.includes(text)) return text;
  if (read === 'path') return resolve(folder, text);
  return read === 'number' ? Number(text) : text;
}

/** The switches that set options, as flags with the value that each sets. */
export function readSwitches(switches: ReadonlySet<string>): TypedFlags {
  const given = FLAGS.filter(({ name, sets }) => sets !== undefined && switches.has(camelCase(name)));
  return Object.fromEntries(given.map(({ name, sets }) => [camelCase(name), sets]));
}

/** The options that flags set, parsed to their types. Paths become absolute, relative ones starting from `folder`. */
export function readFlags(typed: TypedFlags, folder: string): OptionLayer {
  const given = FLAGS.flatMap((flag) => {
    const text = typed[camelCase(flag.name)];
    return text === undefined ? [] : [{ flag, text }];
  });
  return {
    values: Object.fromEntries(given.map(({ flag, text }) => [flag.path, readValue(flag, text, folder)])),
    sourceOf: (path) => ({ name: flagName(path), got: given.find(({ flag }) => flag.path === path)?.text }),
  };
}
