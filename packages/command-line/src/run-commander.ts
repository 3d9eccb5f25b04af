import { CommanderError, type Command } from 'commander';
import { usageError } from './user-error';

const allCommands = (command: Command): Command[] => [command, ...command.commands.flatMap(allCommands)];

/** One line of an error that commander found in the typed arguments. */
function usageMessage({ code, message }: CommanderError): string {
  if (code === 'commander.help') return 'name one of the commands above';
  const line = message.replace(/^error: /, '').replaceAll('\n', ' ');
  return line.startsWith('too many arguments')
    ? `${line.replace(/\.$/, '')}; flags start with two dashes (see --help)`
    : `${line} (see --help)`;
}

/** What a command's action hands its work to: a promise of the exit code. */
export type Finish = (exitCode: Promise<number>) => Promise<void>;

/**
 * Parses the arguments after the program's name and runs the command; a mistyped argument becomes a usage error. `create` builds the
 * commands. Resolves to the exit code that the command's action hands to `finish`; 0 for --help and --version.
 */
export async function runCommander(create: (finish: Finish) => Command, args: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = create(async (code) => {
    exitCode = await code;
  });
  for (const command of allCommands(program)) command.exitOverride().configureOutput({ outputError: () => {} });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw usageError(usageMessage(error)); // 0: --help and --version
  }
  return exitCode;
}
