import { readFile } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { parse as parseToml, TomlError } from 'smol-toml';
import { describeError, usageError } from '@cmcgan/command-line';
import { FLAGS } from './flags';
import { nearestName } from './nearest-name';
import type { OptionLayer } from './option-layer';
import { isNullable, isOption, NONE, OPTION_NAMES } from './trainer-options';

type Content = Readonly<Record<string, unknown>>;

const PARSERS: Readonly<Record<string, (text: string) => unknown>> = { '.json': JSON.parse, '.toml': parseToml };

/** Where editors look for the file's schema. */
const SCHEMA_KEY = '$schema';

const isObject = (value: unknown): value is Content => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is wrong with a file, in one line. */
function describeProblem(error: unknown): string {
  if (!(error instanceof TomlError)) return describeError(error);
  return `line ${error.line}, column ${error.column}: ${error.message.split('\n')[0]}`;
}

async function parseFile(path: string): Promise<Content> {
  const parse = PARSERS[extname(path).toLowerCase()];
  if (!parse) throw usageError(`--config must be a file in ${Object.keys(PARSERS).join(' or ')}, got ${path}`);
  let content: unknown;
  try {
    content = parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw usageError(`--config ${path} cannot be read: ${describeProblem(error)}`);
  }
  if (isObject(content)) return content;
  throw usageError(`--config ${path} must hold options by name, such as {"epochs": 60}`);
}

/**
 * The options in a file's content: all of it, or the part `options` of a run's config.json, whose other parts tell of that run. Where that
 * run lies is no option for another one.
 */
function optionsIn(content: Content): Content {
  const part = isObject(content.options) ? { ...content.options, out: undefined } : content;
  return Object.fromEntries(Object.entries(part).filter(([key, value]) => key !== SCHEMA_KEY && value !== undefined));
}

/** The option that an unknown key was probably meant to be; a flag's name is no option's name. */
function meant(key: string): string | undefined {
  return FLAGS.find(({ name }) => name === key)?.key ?? nearestName(key, OPTION_NAMES);
}

function assertKnown(key: string, path: string): void {
  if (isOption(key)) return;
  const name = meant(key);
  const remedy = name === undefined ? 'all options are in config.schema.json of the trainer' : `did you mean ${name}?`;
  throw usageError(`--config ${path}: ${key} is not an option; ${remedy}`);
}

function readValue(key: string, value: unknown, folder: string): unknown {
  const flag = FLAGS.find((candidate) => candidate.key === key);
  if (typeof value !== 'string' || flag?.names?.includes(value)) return value;
  if (value === NONE && isOption(key) && isNullable(key)) return null;
  return flag?.read === 'path' ? resolve(folder, value) : value;
}

/**
 * Reads options from a TOML or JSON file, by the names that they have in a run's config.json, which is such a file too. Relative paths start
 * from the file's folder; null may be written as 'none'.
 * @throws a usage error of one line for a file that cannot be read and for an unknown key, with the nearest name
 */
export async function readConfigFile(path: string): Promise<OptionLayer> {
  const options = optionsIn(await parseFile(path));
  for (const key of Object.keys(options)) assertKnown(key, path);
  return {
    values: Object.fromEntries(Object.entries(options).map(([key, value]) => [key, readValue(key, value, dirname(path))])),
    sourceOf: (key) => ({ name: `${path}: ${key}`, got: options[key], written: JSON.stringify(options[key]) }),
  };
}
