import { Command } from 'commander';
import { runCommander, type Finish } from '@cmcgan/command-line';
import { assertKnownFlags } from './assert-known-flags';
import type { ProgramDependencies, TrainerCommand, Typed } from './command';
import { COMMANDS } from './commands';

function typedArguments(word: string | undefined, options: Readonly<Record<string, string | true | undefined>>): Typed {
  const entries = Object.entries(options);
  return {
    flags: Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
    switches: new Set(entries.filter(([, value]) => value === true).map(([name]) => name)),
    word,
  };
}

/** Examples for --help: the command lines, with their meanings in a second column. */
function exampleLines(examples: TrainerCommand['examples']): string {
  const width = Math.max(...examples.map(([line]) => line.length));
  return examples.map(([line, meaning]) => `  ${line.padEnd(width)}  ${meaning}`.trimEnd()).join('\n');
}

/** Lists and footer of --help, wrapped like the flags above them. */
function helpEnd(target: Command, { lists = {}, footer }: TrainerCommand): string {
  const help = target.createHelp();
  help.prepareContext({ helpWidth: process.stdout.columns ?? 80 });
  const texts = Object.entries(lists).map(([heading, rows]) => {
    const width = Math.max(...rows.map(([name]) => name.length));
    return [heading, ...rows.map(([name, meaning]) => help.formatItem(name, width, meaning, help))].join('\n');
  });
  return [...texts, ...(footer === undefined ? [] : [footer])].map((text) => `\n${text}`).join('\n');
}

function describe(target: Command, command: TrainerCommand): Command {
  const { summary, examples, word, flags } = command;
  target.summary(summary).description(`${summary}\n\nExamples:\n${exampleLines(examples)}`);
  target.addHelpText('after', () => helpEnd(target, command)).helpOption('-h, --help', 'show this text');
  if (word) target.argument(`<${word.name}>`, word.help);
  for (const { name, value, help, heading } of flags) {
    if (heading) target.optionsGroup(heading);
    target.option(value === undefined ? `--${name}` : `--${name} <${value}>`, help);
  }
  return target;
}

function createCommands(dependencies: ProgramDependencies, finish: Finish): Command {
  const program = new Command('trainer').enablePositionalOptions().helpCommand(false);
  for (const command of COMMANDS) {
    const target = command.name === '' ? program : program.command(command.name, { hidden: command.hidden });
    describe(target, command).action((...given: unknown[]) => {
      const options = given[given.length - 2] as Record<string, string | true | undefined>;
      const word = command.word === undefined ? undefined : String(given[0]);
      return finish(command.run(typedArguments(word, options), dependencies));
    });
  }
  program.optionsGroup('Options:').version(dependencies.trainerVersion, '--version', 'version of the trainer');
  return program;
}

/** The command line as a program: `run` takes the arguments after the program's name and resolves to the exit code. */
export function createProgram(dependencies: ProgramDependencies): { run(args: readonly string[]): Promise<number> } {
  return {
    async run(args) {
      assertKnownFlags(args, COMMANDS);
      return runCommander((finish) => createCommands(dependencies, finish), args);
    },
  };
}
