import { FLAG_GROUPS, FLAGS, wordOf, type Flag, type FlagGroup } from '../options/flags';
import type { OptionValues } from '../options/option-path';
import { DEFAULT_PRESET, PAPER_OPTIONS, presetOptions, PRESETS } from '../options/presets';
import type { CommandFlag } from './command';

/** Flags for the sources of the options. */
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
    help: "options from a TOML or JSON file, or from another run's config.json; flags override it",
    heading: FLAG_GROUPS.data,
  },
  {
    name: 'resume',
    value: 'folder',
    help: 'resume the run in this folder with its options; flags may change how long it runs, not what it computes',
    heading: FLAG_GROUPS.data,
  },
];

const OUTPUT = 'Output:';

/** Flags that change what is shown, not what is trained. */
const SHOWN: readonly CommandFlag[] = [
  {
    name: 'dry-run',
    help: 'show the options, the sizes, and the memory, time and disk space needed; train nothing',
    heading: OUTPUT,
  },
  { name: 'quiet', help: 'print only errors and the final summary', heading: OUTPUT },
  { name: 'json', help: 'print one JSON object per line instead of text, for programs', heading: OUTPUT },
];

const DEFAULTS: OptionValues = presetOptions(DEFAULT_PRESET, { simulated: false, variant: 'cmcgan' });
const PAPER: OptionValues = PAPER_OPTIONS;

/** "[16; paper 64]": an option's default, and the paper's value if that differs. Empty if it has neither. */
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
