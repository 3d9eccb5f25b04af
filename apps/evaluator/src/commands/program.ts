import { runCommander, type Finish } from '@cmcgan/command-line';
import { Command } from 'commander';
import type { ExperimentFlags } from '../experiment/experiment-options';
import { experimentCommand } from '../experiment/run-experiment';
import type { EvaluateFlags } from '../options/evaluate-options';
import { evaluateCommand, type CommandDependencies } from './evaluate-command';
import { addFlags } from './flags';
import { voteMakeCommand, voteTallyCommand, type VoteMakeFlags } from './vote-commands';

/** What the program takes from its process. */
export interface ProgramDependencies extends CommandDependencies {
  readonly version: string;
}

function createCommands(dependencies: ProgramDependencies, finish: Finish): Command {
  const program = new Command('evaluator')
    .description("Judges trained runs as the paper does: its tables and figures, with intervals, beside the paper's own.")
    .version(dependencies.version)
    .enablePositionalOptions();
  addFlags(program, 'evaluate').action((flags: EvaluateFlags) => finish(evaluateCommand(flags, dependencies)));
  const experiment = program
    .command('experiment <names...>')
    .description("trains and evaluates rows of the paper's experiments, and goes on where it was stopped; list, or all");
  addFlags(experiment, 'experiment').action((names: string[], flags: ExperimentFlags) =>
    finish(experimentCommand(names, flags, dependencies)),
  );
  const vote = program
    .command('vote')
    .description("the paper's human judgement, as a page to send round and a count of what comes back");
  const make = vote.command('make').description('makes the page: samples of two or more models, whose they are unsaid');
  addFlags(make, 'voteMake').action((flags: VoteMakeFlags) => finish(voteMakeCommand(flags, dependencies)));
  vote
    .command('tally <kit> <votes...>')
    .description('counts the files that voters sent back')
    .action((kit: string, votes: string[]) => finish(voteTallyCommand(kit, votes, dependencies)));
  return program;
}

/** The command line as a program: `run` takes the arguments after the program's name and resolves to the exit code. */
export function createProgram(dependencies: ProgramDependencies): { run(args: readonly string[]): Promise<number> } {
  return { run: (args) => runCommander((finish) => createCommands(dependencies, finish), args) };
}
