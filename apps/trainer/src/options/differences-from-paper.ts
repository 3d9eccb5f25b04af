import { flatten, type OptionValues } from './option-path';
import { PAPER_OPTIONS, presetChanges, PRESETS, type PresetName, type PresetSituation } from './presets';

/** An option whose value is not the paper's. */
export interface Difference {
  /** Path of the option. */
  readonly option: string;
  readonly value: unknown;
  readonly paper: unknown;
  /** The preset's reason for the value; null if it was set by hand. */
  readonly reason: string | null;
}

type Changes = Readonly<Record<string, readonly [value: unknown, reason: string] | undefined>>;

/**
 * The options of a run that differ from the paper, in the order of the options, each with the preset's reason, or null if a flag or a file
 * set another value. Options that an older run lacks are left out.
 */
export function differencesFromPaper(options: object, { simulated }: Pick<PresetSituation, 'simulated'>): Difference[] {
  const values: OptionValues = flatten(options);
  const preset = String(values.preset);
  const situation = { simulated, variant: String(values.variant) };
  const changes: Changes = Object.hasOwn(PRESETS, preset) ? presetChanges(preset as PresetName, situation) : {};
  return Object.entries(PAPER_OPTIONS).flatMap(([option, paper]) => {
    const value = values[option];
    if (value === undefined || value === paper) return [];
    const [presetValue, reason] = changes[option] ?? [];
    return [{ option, value, paper, reason: presetValue === value && reason !== undefined ? reason : null }];
  });
}
