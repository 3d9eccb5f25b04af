import { flagName } from './flags';
import type { OptionValues } from './option-path';
import type { OptionSource, SourceOf } from './validate-options';

/** Values of some options from one place: a preset, a file, the command line. A later layer wins over an earlier one. */
export interface OptionLayer {
  /** By the paths of the options. */
  readonly values: OptionValues;
  /** The name and the written value of an option in this layer. */
  readonly sourceOf: SourceOf;
}

/** A layer of values that nobody wrote for this run, such as a preset's. */
export function silentLayer(values: OptionValues): OptionLayer {
  return { values, sourceOf: (path) => ({ name: flagName(path), got: values[path] }) };
}

/** Merges layers: each option has the value and the source of the last layer that holds it. */
export function mergeLayers(layers: readonly OptionLayer[]): OptionLayer {
  const layerOf = (path: string) => [...layers].reverse().find(({ values }) => Object.hasOwn(values, path));
  return {
    values: Object.assign({}, ...layers.map(({ values }) => values)) as Record<string, unknown>,
    sourceOf: (path): OptionSource => layerOf(path)?.sourceOf(path) ?? { name: flagName(path), got: undefined },
  };
}
