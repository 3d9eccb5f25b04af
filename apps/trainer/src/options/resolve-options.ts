import { join } from 'node:path';
import { usageError } from '@cmcgan/command-line';
import { withInitialModel } from './init-from';
import { suggestion } from './nearest-name';
import { mergeLayers, silentLayer, type OptionLayer } from './option-layer';
import { DEFAULT_PRESET, presetOptions, PRESETS, type PresetName } from './presets';
import { readFlags, type TypedFlags } from './read-flags';
import type { TrainerOptions } from './trainer-options';
import { validateOptions } from './validate-options';
import { withVariant } from './variant-layer';

const NOTHING = silentLayer({});

/** The preset that the flags or the file name. The two must agree, as a preset decides nearly everything. */
function choosePreset(typed: TypedFlags, file: OptionLayer): PresetName {
  const named = [
    ...(typed.preset === undefined ? [] : [{ name: '--preset', value: typed.preset }]),
    ...(file.values.preset === undefined ? [] : [{ name: file.sourceOf('preset').name, value: String(file.values.preset) }]),
  ];
  const names = Object.keys(PRESETS);
  const unknown = named.find(({ value }) => !names.includes(value));
  if (unknown) throw usageError(`${unknown.name} ${unknown.value} is not known${suggestion(unknown.value, 'presets', names)}`);
  const [first, second] = named;
  if (first && second && first.value !== second.value) {
    throw usageError(`${first.name} ${first.value} conflicts with ${second.name} ${second.value}; leave one of them out`);
  }
  return (first?.value ?? DEFAULT_PRESET) as PresetName;
}

/** What options are resolved from, besides the flags. */
export interface OptionSources {
  /** The config file. */
  readonly file?: OptionLayer;
  /** The networks of the model that --init-from names. */
  readonly initial?: OptionLayer;
  /** Whether the data that are given are a finished simulation. */
  readonly simulatedBefore?: boolean;
}

/**
 * The run's options: the paper's, overridden by the preset, the variant, the config file and the flags, and by the networks of `initial`.
 * Relative paths start from `folder`.
 * Throws a one-line usage error for an unknown name or a value out of range.
 */
export function resolveOptions(
  typed: TypedFlags,
  folder: string,
  { file = NOTHING, initial, simulatedBefore = false }: OptionSources = {},
): TrainerOptions {
  const preset = choosePreset(typed, file);
  const perRun = { preset, 'data.folder': null, out: join(folder, 'runs', preset), backend: 'wasm', threads: null };
  const given = mergeLayers([file, readFlags(typed, folder)]);
  const simulated = simulatedBefore || (given.values['data.folder'] ?? null) === null;
  const variant = String(given.values.variant ?? 'cmcgan');
  const base = silentLayer({ ...perRun, ...presetOptions(preset, { simulated, variant }) });
  const { values, sourceOf } = withVariant(base, initial ? withInitialModel(given, initial) : given);
  return validateOptions(values, sourceOf);
}
