import { PAPER_OPTIONS, PRESETS, type PresetOptions } from './presets';
import type { TrainerOptions } from './trainer-options';

/** An option whose value is not the paper's. */
export interface Difference {
  readonly option: string;
  readonly value: unknown;
  readonly paper: unknown;
  /** Why the preset sets it; null where it was set by hand. */
  readonly reason: string | null;
}

type Changes = Readonly<Record<string, readonly [value: unknown, reason: string] | undefined>>;

/**
 * What differs from the paper in a run's options, in the order of the options: with the preset's reason, or null where a flag or a file
 * set another value than the preset's. Options of an older run that today's trainer doesn't have are left out.
 */
export function differencesFromPaper(options: Partial<TrainerOptions>): Difference[] {
  const preset: { changes: Changes } | undefined = Object.entries(PRESETS).find(([name]) => name === options.preset)?.[1];
  return (Object.keys(PAPER_OPTIONS) as (keyof PresetOptions)[]).flatMap((option) => {
    const [value, paper] = [options[option], PAPER_OPTIONS[option]];
    if (value === undefined || value === paper) return [];
    const [presetValue, reason] = preset?.changes[option] ?? [];
    return [{ option, value, paper, reason: presetValue === value && reason !== undefined ? reason : null }];
  });
}
