import { flagOf } from './flags';
import type { OptionValues } from './option-path';
import type { OptionSource, SourceOf } from './validate-options';

/** Values of some options from one place: a preset, a file, the command line. A later layer wins over an earlier one. */
export interface OptionLayer {
  /** By the paths of the options. */
  readonly values: OptionValues;
  /** What an option of this layer is called there, and what was written. */
  readonly sourceOf: SourceOf;
}

/** How an option is called on the command line; its path, where it has no flag. */
export function flagName(path: string): string {
  const flag = flagOf(path);
  return flag ? `--${flag.name}` : path;
}

/** Values that nobody wrote down for this run, such as a preset's. */
export function silentLayer(values: OptionValues): OptionLayer {
  return { values, sourceOf: (path) => ({ name: flagName(path), got: values[path] }) };
}

/** All layers as one: each option has the value and the source of the last layer that holds it. */
export function mergeLayers(layers: readonly OptionLayer[]): OptionLayer {
  const layerOf = (path: string) => [...layers].reverse().find(({ values }) => Object.hasOwn(values, path));
  return {
    values: Object.assign({}, ...layers.map(({ values }) => values)) as Record<string, unknown>,
    sourceOf: (path): OptionSource => layerOf(path)?.sourceOf(path) ?? { name: flagName(path), got: undefined },
  };
}
