import { FLAGS } from './flags';
import type { OptionSource, SourceOf } from './validate-options';

/** Values of some options from one place: a preset, a file, the command line. A later layer wins over an earlier one. */
export interface OptionLayer {
  readonly values: Readonly<Record<string, unknown>>;
  /** What an option of this layer is called there, and what was written. */
  readonly sourceOf: SourceOf;
}

/** How an option is called on the command line; its key, where it has no flag. */
export function flagName(key: string): string {
  const flag = FLAGS.find((candidate) => candidate.key === key);
  return flag ? `--${flag.name}` : key;
}

/** Values that nobody wrote down for this run, such as a preset's. */
export function silentLayer(values: Readonly<Record<string, unknown>>): OptionLayer {
  return { values, sourceOf: (key) => ({ name: flagName(key), got: values[key] }) };
}

/** All layers as one: each option has the value and the source of the last layer that holds it. */
export function mergeLayers(layers: readonly OptionLayer[]): OptionLayer {
  const layerOf = (key: string) => [...layers].reverse().find(({ values }) => Object.hasOwn(values, key));
  return {
    values: Object.assign({}, ...layers.map(({ values }) => values)) as Record<string, unknown>,
    sourceOf: (key): OptionSource => layerOf(key)?.sourceOf(key) ?? { name: flagName(key), got: undefined },
  };
}
