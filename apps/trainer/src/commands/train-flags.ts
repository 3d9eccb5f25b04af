import { FLAG_GROUPS, FLAGS, wordOf, type Flag, type FlagGroup } from '../options/flags';
import type { OptionValues } from '../options/option-path';
import { DEFAULT_PRESET, PAPER_OPTIONS, presetOptions, PRESETS } from '../options/presets';
import type { CommandFlag } from './command';

/** Flags that choose where the options come from. */
const SOURCES: readonly CommandFlag[] = [
  {
    name: 'preset',
    value: 'name',
    help: `settings to start from: ${Object.keys(PRESETS).join(', ')} [${DEFAULT_PRESET}]`,
    heading: FLAG_GROUPS.data,
  },
  {
    name: 'config',
    value: 'file',
    help: "options from a TOML or JSON file, or from another run's config.json; flags win over it",
    heading: FLAG_GROUPS.data,
  },
  {
    name: 'resume',
    value: 'folder',
    help: 'go on with the run in that folder, with its options; flags may change how long it runs, not what it computes',
    heading: FLAG_GROUPS.data,
  },
];

const OUTPUT = 'What is shown:';

/** Flags that change what is shown, not what is trained. */
const SHOWN: readonly CommandFlag[] = [
  { name: 'dry-run', help: 'show options, sizes, and what memory, time and disk it would take; train nothing', heading: OUTPUT },
  { name: 'quiet', help: 'errors and the last summary only', heading: OUTPUT },
  { name: 'json', help: 'one JSON object a line instead of text, for programs that read along', heading: OUTPUT },
];

const DEFAULTS: OptionValues = presetOptions(DEFAULT_PRESET);
const PAPER: OptionValues = PAPER_OPTIONS;

/** "[16; paper 64]": an option's value where nothing else is asked for, and the paper's where that is another. Empty where it has neither. */
function flagDefaults({ path, sets }: Flag): string {
  if (sets !== undefined || !(path in PAPER)) return '';
  const [value, paper] = [DEFAULTS, PAPER].map((options) => wordOf(path, options[path]));
  return value === paper ? `[${value}]` : `[${value}; paper ${paper}]`;
}

const flagsOf = (group: FlagGroup): CommandFlag[] =>
  FLAGS.filter((flag) => flag.group === group).map((flag) => ({
    name: flag.name,
    value: flag.value,
    help: flag.help.includes('(default: ') ? flag.help : `${flag.help} ${flagDefaults(flag)}`.trim(),
    heading: FLAG_GROUPS[group],
  }));

/** All flags of a training, in the order of --help. */
export const TRAIN_FLAGS: readonly CommandFlag[] = [
  ...SOURCES,
  ...(Object.keys(FLAG_GROUPS) as FlagGroup[]).flatMap(flagsOf),
  ...SHOWN,
];
