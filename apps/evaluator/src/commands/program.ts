import { Command } from 'commander';
import { runCommander, type Progress } from '@cmcgan/command-line';
import { addEvaluateFlags } from './evaluate-flags';
import { evaluateCommand } from './evaluate-command';
import { addVoteMakeFlags } from './vote-flags';
import { voteMakeCommand, voteTallyCommand, type VoteMakeFlags } from './vote-commands';
import type { ExperimentFlags } from '../experiment/experiment-options';
import { experimentCommand } from './experiment-command';
import { addExperimentFlags } from './experiment-flags';
import type { EvaluateFlags } from '../options/evaluate-options';

/** What the program takes from its process. */
export interface ProgramSurroundings {
  /** What relative paths start from. */
  readonly folder: string;
  readonly progress: Progress;
  readonly version: string;
}

function createCommands(surroundings: ProgramSurroundings, finish: (code: Promise<number>) => Promise<void>): Command {
  const program = new Command('evaluator')
    .description("Judges trained runs as the paper does: its tables and figures, with intervals, beside the paper's own.")
    .version(surroundings.version)
    .enablePositionalOptions();
  addEvaluateFlags(program).action((flags: EvaluateFlags) => finish(evaluateCommand(flags, surroundings)));
  addExperimentFlags(
    program
      .command('experiment <names...>')
      .description("trains and evaluates rows of the paper's experiments, and goes on where it was stopped; list, or all"),
  ).action((names: string[], flags: ExperimentFlags) => finish(experimentCommand(names, flags, surroundings)));
  const vote = program
    .command('vote')
    .description("the paper's human judgement, as a page to send round and a count of what comes back");
  addVoteMakeFlags(
    vote.command('make').description('makes the page: samples of two or more models, whose they are unsaid'),
  ).action((flags: VoteMakeFlags) => finish(voteMakeCommand(flags, surroundings)));
  vote
    .command('tally <kit> <votes...>')
    .description('counts the files that voters sent back')
    .action((kit: string, votes: string[]) => finish(voteTallyCommand(kit, votes, surroundings)));
  return program;
}

/** The command line as a program: `run` takes the words after the program's name and resolves to the exit code. */
export function createProgram(surroundings: ProgramSurroundings): { run(words: readonly string[]): Promise<number> } {
  let exitCode = 0;
  const program = createCommands(surroundings, async (code) => {
    exitCode = await code;
  });
  return {
    async run(args) {
      await runCommander(program, args);
      return exitCode;
    },
  };
}
