import { join } from 'node:path';
import { usageError } from '../errors/user-error';
import { suggestion } from './nearest-name';
import { silentLayer } from './option-layer';
import { DEFAULT_PRESET, presetOptions, PRESETS, type PresetName } from './presets';
import { readFlags, type TypedFlags } from './read-flags';
import type { TrainerOptions } from './trainer-options';
import { validateOptions } from './validate-options';
import { withVariant } from './variant-layer';

function assertPresetName(name: string): asserts name is PresetName {
  const names = Object.keys(PRESETS);
  if (!names.includes(name)) throw usageError(`--preset ${name} is not known; ${suggestion(name, 'presets', names)}`);
}

/**
 * The run's options: the paper's, changed by the preset, by the variant, by the flags.
 * `folder` is what relative paths start from. Throws a usage error of one line for an unknown name or a value out of range.
 */
export function resolveOptions(typed: TypedFlags, folder: string): TrainerOptions {
  const preset = typed.preset ?? DEFAULT_PRESET;
  assertPresetName(preset);
  const surroundings = { preset, data: null, out: join(folder, 'runs', preset), backend: 'wasm', threads: null };
  const { values, sourceOf } = withVariant(silentLayer({ ...surroundings, ...presetOptions(preset) }), readFlags(typed, folder));
  return validateOptions(values, sourceOf);
}
