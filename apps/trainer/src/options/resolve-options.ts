import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { BACKEND_NAMES } from '../backends';
import { usageError } from '../errors/user-error';
import { FLAGS } from './flags';
import { suggestion } from './nearest-name';
import { DEFAULT_PRESET, presetOptions, PRESETS, type PresetName } from './presets';
import { trainerOptionsSchema, type TrainerOptions } from './trainer-options';

/** What was typed: flag values by the flag's camel-case name, as text. */
export type TypedFlags = Readonly<Record<string, string | undefined>>;

const camelCase = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

function assertPresetName(name: string): asserts name is PresetName {
  const names = Object.keys(PRESETS);
  if (!names.includes(name)) throw usageError(`--preset ${name} is not known; ${suggestion(name, 'presets', names)}`);
}

/** The options that flags set, read as their type; paths become absolute. */
function readFlags(typed: TypedFlags, folder: string): Partial<Record<keyof TrainerOptions, unknown>> {
  const values: Partial<Record<keyof TrainerOptions, unknown>> = {};
  for (const { name, key, read } of FLAGS) {
    const text = typed[camelCase(name)];
    if (text === undefined) continue;
    if (text.trim() === '') throw usageError(`--${name} must have a value, got an empty text`);
    values[key] = read === 'number' ? Number(text) : read === 'path' ? resolve(folder, text) : text;
  }
  return values;
}

function assertNoConflict(options: TrainerOptions): void {
  const { backend, threads, accumulate, batchSize } = options;
  if (!BACKEND_NAMES.includes(backend)) {
    throw usageError(`--backend ${backend} is not known; ${suggestion(backend, 'backends', BACKEND_NAMES)}`);
  }
  if (backend === 'cpu' && threads !== null && threads > 1) {
    throw usageError(
      `--threads ${threads} conflicts with --backend cpu, which has one thread; leave --threads out, or use --backend wasm`,
    );
  }
  const cores = availableParallelism();
  if (threads !== null && threads > 4 * cores) {
    throw usageError(`--threads must be at most ${4 * cores} on this machine of ${cores} cores, got ${threads}`);
  }
  if (accumulate > 1 && batchSize * accumulate > 4096) {
    throw usageError(`--batch-size ${batchSize} × --accumulate ${accumulate} must be at most 4096 pairs an update`);
  }
}

/** Text of a schema issue in the words of the command line. */
function flagMessage(path: PropertyKey | undefined, message: string, typed: TypedFlags): string {
  const flag = FLAGS.find(({ key }) => key === path);
  const got = flag ? typed[camelCase(flag.name)] : undefined;
  const names = /^must be one of (.+)$/.exec(message)?.[1]?.split(', ');
  const nearest = got !== undefined && names ? `; ${suggestion(got, 'values', names)}` : '';
  return `${flag ? `--${flag.name}` : String(path)} ${nearest ? 'is not known' : message}, got ${got}${nearest}`;
}

/**
 * The run's options: the paper's, changed by the preset, changed by the flags.
 * `folder` is what relative paths start from. Throws a usage error of one line for an unknown name or a value out of range.
 */
export function resolveOptions(typed: TypedFlags, folder: string): TrainerOptions {
  const preset = typed.preset ?? DEFAULT_PRESET;
  assertPresetName(preset);
  const parsed = trainerOptionsSchema.safeParse({
    preset,
    data: null,
    out: join(folder, 'runs', preset),
    backend: 'wasm',
    threads: null,
    ...presetOptions(preset),
    ...readFlags(typed, folder),
  });
  if (!parsed.success) {
    throw usageError(parsed.error.issues.map(({ path, message }) => flagMessage(path[0], message, typed)).join('; '));
  }
  assertNoConflict(parsed.data);
  return parsed.data;
}
