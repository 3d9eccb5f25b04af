import { usageError } from '@cmcgan/command-line';
import { nearestName } from '../options/nearest-name';
import type { TrainerCommand } from './command';

/** First words that are not commands here, and what to type instead. */
const FOREIGN_WORDS: Readonly<Record<string, string>> = {
  train: 'to train, leave the word out and type flags alone',
  fit: 'to train, leave the word out and type flags alone',
  resume: 'to resume a run: --resume <run folder>',
  continue: 'to resume a run: --resume <run folder>',
  help: 'for help: --help',
  evaluate: 'to judge a run: npx pnpm --filter evaluator start --run <run folder>',
  eval: 'to judge a run: npx pnpm --filter evaluator start --run <run folder>',
  prepare: 'to prepare data: npx pnpm --filter data start prepare',
  check: 'to check data: npx pnpm --filter data start check <folder>',
};

/** Commander adds these. */
const ALWAYS = ['help', 'h', 'version'];

/** What to type instead of a flag that does not exist; undefined if there is no good guess. */
function meaning(typed: string, { flags, foreignFlags = {} }: TrainerCommand): string | undefined {
  const name = typed.toLowerCase().replaceAll('_', '-');
  if (flags.some((flag) => flag.name === name)) return `--${name}`;
  if (Object.hasOwn(foreignFlags, name)) return foreignFlags[name];
  const parts = flags.filter((flag) => `-${flag.name}-`.includes(`-${name}-`)).map((flag) => `--${flag.name}`);
  return parts.length > 0 && parts.length < 4 ? parts.join(' or ') : undefined;
}

function assertFirstWord(word: string, commands: readonly TrainerCommand[]): void {
  const names = commands.filter(({ hidden }) => !hidden).map(({ name }) => name);
  if (word.startsWith('-') || commands.some(({ name }) => name === word)) return;
  const nearest = nearestName(word, [...names.filter((name) => name !== ''), ...Object.keys(FOREIGN_WORDS)]);
  if (nearest === undefined) return;
  const hint = names.includes(nearest) ? `did you mean ${nearest}?` : FOREIGN_WORDS[nearest];
  throw usageError(`there is no command ${word}; ${hint} (see --help)`);
}

/**
 * Throws a usage error that gives the right name if a flag or the first word is known from other programs, or is part of a name used here.
 * Anything else is left to commander, which suggests by spelling.
 */
export function assertKnownFlags(args: readonly string[], commands: readonly TrainerCommand[]): void {
  if (args.length === 0) return;
  assertFirstWord(args[0], commands);
  const command = commands.find(({ name }) => name === args[0]) ?? commands.find(({ name }) => name === '')!;
  for (let index = 0; index < args.length; index++) {
    const match = /^--?([a-z][\w-]*)(=?)/i.exec(args[index]);
    if (!match) continue;
    const [, typed, assigned] = match;
    const flag = command.flags.find(({ name }) => name === typed);
    if (flag?.value !== undefined && assigned === '') index++; // what follows is its value
    if (flag || ALWAYS.includes(typed)) continue;
    const meant = meaning(typed, command);
    if (meant !== undefined)
      throw usageError(`unknown option '${args[index].split('=')[0]}'; did you mean ${meant}? (see --help)`);
  }
}
