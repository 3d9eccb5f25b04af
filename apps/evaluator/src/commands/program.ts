import { runCommander, type Finish } from '@cmcgan/command-line';
import { Command } from 'commander';
import type { ExperimentFlags } from '../experiment/experiment-options';
import { experimentCommand } from '../experiment/run-experiment';
import type { EvaluateFlags } from '../options/evaluate-options';
import { groundTruthCommand } from './ground-truth-command';
import { table2Command } from './table2-command';
import { compareCommand, type CompareFlags } from './compare-command';
import { evaluateCommand, type CommandDependencies } from './evaluate-command';
import { addFlags } from './flags';
import { voteMakeCommand, voteTallyCommand, type VoteMakeFlags } from './vote-commands';

/** The dependencies of the program. */
export interface ProgramDependencies extends CommandDependencies {
  readonly version: string;
}

function createCommands(dependencies: ProgramDependencies, finish: Finish): Command {
  const program = new Command('evaluator')
    .description("Evaluates trained runs as the paper does: its tables and figures, with intervals, next to the paper's own.")
    .version(dependencies.version)
    .enablePositionalOptions();
  addFlags(program, 'evaluate').action((flags: EvaluateFlags) => finish(evaluateCommand(flags, dependencies)));
  const experiment = program
    .command('experiment <names...>')
    .description("trains and evaluates the paper's experiments by name (list shows them, all runs all), and resumes if stopped");
  addFlags(experiment, 'experiment').action((names: string[], flags: ExperimentFlags) =>
    finish(experimentCommand(names, flags, dependencies)),
  );
  const compare = program
    .command('compare <evaluations...>')
    .description(
      'pools evaluated runs, such as those of several seeds, and compares variants, or what <name>=<evaluation> names, pair by pair',
    );
  addFlags(compare, 'compare').action((paths: string[], flags: CompareFlags) =>
    finish(compareCommand(paths, flags, dependencies)),
  );
  program
    .command('table2 <evaluations...>')
    .description('pools Table 2 of several evaluations, such as those of several seeds')
    .option('--seed <number>', 'for the intervals (default: 1)')
    .action((paths: string[], flags: { seed?: string }) => finish(table2Command(paths, flags, dependencies)));
  program
    .command('ground-truth <evaluations...>')
    .description('pools pitch and loudness of several evaluations on simulated musicians, such as those of several seeds')
    .action((paths: string[]) => finish(groundTruthCommand(paths, dependencies)));
  const vote = program
    .command('vote')
    .description("the paper's human evaluation: makes a page to send to voters, and counts their votes");
  const make = vote.command('make').description('makes the page: samples of two or more models, without their names');
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
