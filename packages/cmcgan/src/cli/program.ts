import { Command, InvalidArgumentError, Option } from 'commander';
import { runCommander, type Finish, type Progress } from '@cmcgan/command-line';
import { classifyCommand, convertCommand, type ClassifyFlags, type ConvertFlags } from './commands';

const seed = (text: string): number => {
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError('It must be a whole number of at least 0.');
};
const seconds = (text: string): number => {
  const value = text.trim() === '' ? NaN : Number(text);
  if (value > 0 && value <= 120) return value;
  throw new InvalidArgumentError('It must be a number of seconds above 0, and at most 120.');
};
const gain = (text: string): number => {
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isFinite(value) && value <= 100) return value;
  throw new InvalidArgumentError('It must be a number of dB, at most 100.');
};

const commonOptions = (command: Command): Command =>
  command
    .option(
      '--weights <folder|url>',
      'the model: a run folder, a folder with config.json and model.safetensors, or its URL (default: @cmcgan/weights)',
    )
    .option('--seed <number>', 'another seed gives another result (default: 1)', seed)
    .addOption(new Option('--backend <name>', 'what computes (default: the fastest that works here)').choices(['webgpu', 'wasm']))
    .helpOption('-h, --help', 'show this text');

function createCommands({ version, progress }: ProgramDependencies, finish: Finish): Command {
  const program = new Command('cmcgan')
    .description('Turns pictures of musicians into the sounds of their instruments, and sounds into pictures.')
    .usage('<files...> [options]')
    .enablePositionalOptions()
    .helpCommand(false)
    .argument('<files...>', "pictures and sounds, folders of them, patterns such as 'photos/*.jpg', or URLs")
    .option('-o, --out <path>', 'file or folder to write (default for a single file: beside it)')
    .option('--seconds <number>', 'length of the sounds (default: 0.5)', seconds)
    .option(
      '--gain <dB>',
      'amplify the sounds (default: as the model needs to be heard; 0: the level of its training data)',
      gain,
    );
  commonOptions(program)
    .option('--force', 'replace existing files')
    .version(version, '--version', 'version of cmcgan')
    .addHelpText('after', EXAMPLES)
    .action((names: string[], flags: ConvertFlags) => finish(convertCommand(names, flags, progress)));
  commonOptions(program.command('classify'))
    .description('prints the class of each picture and sound, and its probability')
    .argument('<files...>', 'as above')
    .option('--classifier <folder|url>', "the classifier (default: the folder classifier beside the model's files)")
    .action((names: string[], flags: ClassifyFlags) => finish(classifyCommand(names, flags, progress)));
  return program;
}

const EXAMPLES = `
Examples:
  cmcgan violinist.jpg -o violin.wav
  cmcgan trumpet.mp3 -o trumpet.png
  cmcgan photos/ -o sounds/ --seconds 3
  cmcgan 'recordings/**/*.flac' -o pictures/ --weights runs/laptop
  cmcgan classify photos/ --weights runs/laptop`;

/** What the program needs from its process. */
export interface ProgramDependencies {
  readonly version: string;
  readonly progress: Progress;
}

/** Runs the command line. Resolves to the exit code. */
export const runProgram = (args: readonly string[], dependencies: ProgramDependencies): Promise<number> =>
  runCommander((finish) => createCommands(dependencies, finish), args);
