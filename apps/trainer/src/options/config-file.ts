import { readFile } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { parse as parseToml, TomlError } from 'smol-toml';
import { describeError, usageError } from '@cmcgan/command-line';
import { today } from './flat-names';
import { flagOf, FLAGS } from './flags';
import { nearestName } from './nearest-name';
import type { OptionLayer } from './option-layer';
import { flatten, isNullable, isOption, NONE, OPTION_PATHS, SLICES } from './option-path';

type Content = Readonly<Record<string, unknown>>;

const PARSERS: Readonly<Record<string, (text: string) => unknown>> = { '.json': JSON.parse, '.toml': parseToml };

/** Key by which editors find the file's schema. */
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
 * The options in a file's content, by name: all of it, or only `options` in a run's config.json, whose other keys describe that run. The
 * folder of that run is left out.
 */
function optionsIn(content: Content): Content {
  const part = isObject(content.options) ? { ...content.options, out: undefined } : content;
  return Object.fromEntries(Object.entries(flatten(part)).filter(([key, value]) => key !== SCHEMA_KEY && value !== undefined));
}

const lastOf = (name: string) => name.slice(name.lastIndexOf('.') + 1);

/** The option that an unknown name, such as a flag's, was probably meant to be. */
function meant(name: string): string | undefined {
  const flag = FLAGS.find((candidate) => candidate.name === name);
  if (flag) return flag.path;
  const inside = OPTION_PATHS.find((path) => path.endsWith(`.${name}`));
  if (inside) return inside;
  const nearest = nearestName(lastOf(name), [...new Set(OPTION_PATHS.map(lastOf))]);
  return OPTION_PATHS.find((path) => lastOf(path) === nearest);
}

function assertKnown(name: string, path: string): void {
  if (isOption(today(name, null).path)) return;
  if (SLICES.includes(name)) {
    const example = OPTION_PATHS.find((option) => option.startsWith(`${name}.`));
    throw usageError(`--config ${path}: ${name} must hold options by name, such as ${example}`);
  }
  const option = meant(name);
  const remedy = option === undefined ? 'all options are in config.schema.json of the trainer' : `did you mean ${option}?`;
  throw usageError(`--config ${path}: ${name} is not an option; ${remedy}`);
}

function readValue(option: string, value: unknown, folder: string): unknown {
  const flag = flagOf(option);
  if (typeof value !== 'string' || flag?.names?.includes(value)) return value;
  if (value === NONE && isOption(option) && isNullable(option)) return null;
  return flag?.read === 'path' ? resolve(folder, value) : value;
}

/**
 * Reads options from a TOML or JSON file, nested as in a run's config.json, which can be read as well, as can the flat names of older
 * files. Relative paths start from the file's folder; null may be written as 'none'.
 *
 * @throws a one-line usage error if the file cannot be read, or for an unknown option, with the nearest name
 */
export async function readConfigFile(path: string): Promise<OptionLayer> {
  const rows = Object.entries(optionsIn(await parseFile(path))).map(([name, got]) => {
    assertKnown(name, path);
    const option = today(name, got);
    return { name, got, option: option.path, value: readValue(option.path, option.value, dirname(path)) };
  });
  return {
    values: Object.fromEntries(rows.map(({ option, value }) => [option, value])),
    sourceOf(option) {
      const { name = option, got } = rows.find((row) => row.option === option) ?? {};
      return { name: `${path}: ${name}`, got, written: JSON.stringify(got) };
    },
  };
}
