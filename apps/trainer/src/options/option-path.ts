import * as z from 'zod/mini';
import { trainerOptionsSchema, type TrainerOptions } from './trainer-options';

/** Path of an option: 'epochs', 'step.lambda', 'optimizers.generator.learningRate'. */
export type OptionPath = PathIn<TrainerOptions>;

type PathIn<Options> = {
  [Key in keyof Options & string]: Options[Key] extends object ? `${Key}.${PathIn<Options[Key]>}` : Key;
}[keyof Options & string];

/** The value of the option at a path. */
export type ValueAt<Path extends string, Options = TrainerOptions> = Path extends `${infer Key}.${infer Rest}`
  ? Key extends keyof Options
    ? ValueAt<Rest, Options[Key]>
    : never
  : Path extends keyof Options
    ? Options[Path]
    : never;

/** Values of options by their paths. */
export type OptionValues = Readonly<Record<string, unknown>>;

/** Stands for null on the command line and in TOML. */
export const NONE = 'none';

type Schema = z.core.$ZodType;

/** The rows of a slice; undefined for a single option. */
function rowsOf({ _zod: { def } }: Schema): Readonly<Record<string, Schema>> | undefined {
  if ('innerType' in def) return rowsOf(def.innerType as Schema);
  return 'shape' in def ? (def.shape as Readonly<Record<string, Schema>>) : undefined;
}

function* leaves(schema: Schema, prefix = ''): Generator<[path: string, leaf: Schema]> {
  for (const [key, row] of Object.entries(rowsOf(schema) ?? {})) {
    if (rowsOf(row)) yield* leaves(row, `${prefix}${key}.`);
    else yield [`${prefix}${key}`, row];
  }
}

const LEAVES: ReadonlyMap<string, Schema> = new Map(leaves(trainerOptionsSchema));

/** Paths of all options. */
export const OPTION_PATHS = [...LEAVES.keys()] as readonly OptionPath[];

/** Names of the slices: 'step', 'optimizers', 'optimizers.generator', … */
export const SLICES: readonly string[] = [
  ...new Set(
    OPTION_PATHS.flatMap((path) =>
      path
        .split('.')
        .slice(0, -1)
        .map((_, depth, parts) => parts.slice(0, depth + 1).join('.')),
    ),
  ),
];

/** Whether there is an option at a path. */
export function isOption(path: string): path is OptionPath {
  return LEAVES.has(path);
}

/** Whether an option may be null. */
export function isNullable(path: OptionPath): boolean {
  return z.safeParse(LEAVES.get(path)!, null).success;
}

const isSlice = (value: unknown): value is OptionValues => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Turns nested options into options by path, in the same order. */
export function flatten(options: object, prefix = ''): Record<string, unknown> {
  return Object.assign(
    {},
    ...Object.entries(options).map(([key, value]) =>
      isSlice(value) ? flatten(value, `${prefix}${key}.`) : { [`${prefix}${key}`]: value },
    ),
  ) as Record<string, unknown>;
}

/** Turns options by path into nested ones. Every slice is present, even if empty. */
export function nest(values: OptionValues): Record<string, unknown> {
  const nested: Record<string, unknown> = {};
  const place = (path: string, value: unknown) => {
    const keys = path.split('.');
    const last = keys.pop()!;
    const slice = keys.reduce((inner, key) => (inner[key] ??= {}) as Record<string, unknown>, nested);
    slice[last] = value;
  };
  for (const [path, value] of Object.entries(values)) place(path, value);
  for (const slice of SLICES) if (valueAt(nested, slice) === undefined) place(slice, {});
  return nested;
}

/** The value at a path of nested options. */
export function valueAt(options: object, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => (inner as OptionValues | undefined)?.[key], options);
}
