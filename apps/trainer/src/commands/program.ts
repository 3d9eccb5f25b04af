import { Command, CommanderError } from 'commander';
import { usageError } from '../errors/user-error';
import { FLAGS } from '../options/flags';
import { DEFAULT_PRESET, PRESETS } from '../options/presets';
import type { TypedFlags } from '../options/read-flags';
import { generateCommand } from './generate-command';
import { GENERATE_FLAGS } from './generate-flags';
import { trainCommand } from './train-command';

/** What the program takes from its process. */
export interface ProgramSurroundings {
  /** What relative paths start from. */
  readonly folder: string;
  readonly trainerVersion: string;
}

const presetTable = () => {
  const width = Math.max(...Object.keys(PRESETS).map((name) => name.length));
  const rows = Object.entries(PRESETS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `\nPresets:\n${rows.join('\n')}\n`;
};

/** One line of an error that commander found in the typed words. */
function usageMessage({ message }: CommanderError): string {
  const line = message.replace(/^error: /, '').replaceAll('\n', ' ');
  return line.startsWith('too many arguments') ? `${line}; flags start with two dashes (see --help)` : `${line} (see --help)`;
}

function addFlags(command: Command, flags: readonly { name: string; value: string; help: string }[]): Command {
  for (const { name, value, help } of flags) command.option(`--${name} <${value}>`, help);
  return command;
}

function createCommands(surroundings: ProgramSurroundings, finish: (code: Promise<number>) => Promise<void>): Command {
  const program = new Command('trainer')
    .description('Trains CMCGAN: pictures of musicians to their sounds, and sounds to pictures.')
    .option('--preset <name>', `settings to start from: ${Object.keys(PRESETS).join(', ')} (default: ${DEFAULT_PRESET})`)
    .option(
      '--resume <folder>',
      'go on with the run in that folder, with its options; flags may change how long it runs, not what it computes',
    );
  addFlags(program, FLAGS)
    .version(surroundings.trainerVersion)
    .addHelpText('after', presetTable())
    .enablePositionalOptions()
    .action((flags: TypedFlags) => finish(trainCommand(flags, surroundings)));
  addFlags(
    program.command('generate').description('turns a picture into a sound, or a sound into a picture'),
    GENERATE_FLAGS,
  ).action((flags: TypedFlags) => finish(generateCommand(flags, surroundings)));
  for (const command of [program, ...program.commands]) command.exitOverride().configureOutput({ outputError: () => {} });
  return program;
}

/** The command line as a program: `run` takes the words after the program's name and resolves to the exit code. */
export function createProgram(surroundings: ProgramSurroundings): { run(words: readonly string[]): Promise<number> } {
  let exitCode = 0;
  const program = createCommands(surroundings, async (code) => {
    exitCode = await code;
  });
  return {
    async run(words) {
      try {
        await program.parseAsync(words, { from: 'user' });
        return exitCode;
      } catch (error) {
        if (!(error instanceof CommanderError)) throw error;
        if (error.exitCode === 0) return 0; // --help and --version
        throw usageError(usageMessage(error));
      }
    },
  };
}
