import type { Flag } from './flags';
import { DEFAULT_PRESET, PAPER_OPTIONS, presetOptions, type PresetOptions } from './presets';
import { NONE } from './trainer-options';

const shown = (value: unknown) => (value === null ? NONE : String(value));

/** "[16; paper 64]": an option's value where nothing else is asked for, and the paper's where that is another. Empty where it has neither. */
export function flagDefaults({ key }: Pick<Flag, 'key'>): string {
  if (!(key in PAPER_OPTIONS)) return '';
  const [value, paper] = [presetOptions(DEFAULT_PRESET), PAPER_OPTIONS].map((options) => options[key as keyof PresetOptions]);
  return value === paper ? `[${shown(value)}]` : `[${shown(value)}; paper ${shown(paper)}]`;
}
