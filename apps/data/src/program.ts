import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { checkCommand } from './commands/check-command';
import { foldCommand } from './commands/fold-command';
import { infoCommand } from './commands/info-command';
import { prepareCommand } from './commands/prepare-command';
import { shardCommand } from './commands/shard-command';
import { runCommander, type Finish, type Progress } from '@cmcgan/command-line';

const number = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
};
const whole = (least: number, most = Number.MAX_SAFE_INTEGER) => {
  const range = most === Number.MAX_SAFE_INTEGER ? `, ${least} or more` : ` from ${least} to ${most}`;
  return (text: string): number => {
    const value = number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number${range}.`);
  };
};
const decibels = (text: string): number => {
  const value = number(text);
  if (value >= 0) return value;
  throw new InvalidArgumentError('It must be 0 or more.');
};
const share = (text: string): number => {
  const value = number(text);
  if (value > 0 && value < 1) return value;
  throw new InvalidArgumentError('It must lie between 0 and 1.');
};
const size = (text: string): number | 'original' => (text === 'original' ? text : whole(16, 4096)(text));
const list = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
const pattern = (text: string): RegExp => {
  const regExp = (source: string) => {
    try {
      return new RegExp(source);
    } catch {
      throw new InvalidArgumentError('It must be a regular expression.');
    }
  };
  const compiled = regExp(text);
  const groups = regExp(`${text}|`).exec('')!.length - 1; // the empty alternative always matches
  if (groups > 0) return compiled;
  throw new InvalidArgumentError('It must have a group that names the recording, as ^(.*)_\\d+$ has.');
};

interface Dependencies {
  /** The folder that relative paths start from. */
  folder: string;
  progress: Progress;
}

interface PrepareFlags {
  out: string;
  images?: string;
  sounds?: string;
  pair?: 'name' | 'category';
  step?: number;
  silence?: number;
  validation?: number;
  seed?: number;
  size?: number | 'original';
  recording?: RegExp;
  reader?: 'auto' | 'node-av' | 'ffmpeg';
  note?: string;
}

interface CheckFlags {
  instruments?: string[];
  threads?: number;
  cache?: string | boolean;
  store: boolean;
}

interface ShardFlags {
  out: string;
  pairs?: number;
  seed?: number;
  skipBroken?: boolean;
  cache?: string | boolean;
}

interface InfoFlags {
  html?: string;
  pairs: number;
  seed: number;
  cache?: string | boolean;
}

/** `--cache <folder>`, `--no-cache`, or neither. */
function cacheFolderOf(cache?: string | boolean): string | null | undefined {
  if (typeof cache === 'string') return cache;
  return cache === false ? null : undefined;
}

function createCommands({ folder, progress }: Dependencies, finish: Finish): Command {
  const path = (text: string) => resolve(folder, text);
  const program = new Command('data').description('Prepares, checks and shows data sets of pictures and sounds.');

  program
    .command('check <folder>')
    .description('reports, file by file, what is wrong with a data set, and what its splits share')
    .option('--instruments <names>', 'the allowed classes, separated by commas', list)
    .option('--threads <count>', 'threads for reading (default: one per core)', whole(0))
    .option('--cache <folder>', 'where frames and spectra are cached (default: in the data set)', path)
    .option('--no-cache', 'cache nothing')
    .option('--no-store', 'do not write dataset-check.json into the data set')
    .action((target: string, { cache, ...flags }: CheckFlags) =>
      finish(checkCommand({ ...flags, folder: path(target), cacheFolder: cacheFolderOf(cache) }, progress)),
    );

  program
    .command('fold <folder>')
    .description('divides the training pairs into folds, and writes a data set without each, for evaluator --cross-fit')
    .requiredOption('--out <folder>', 'where to write the data sets', path)
    .option('--count <folds>', 'number of folds', whole(2), 2)
    .action((target: string, { out, count }: { out: string; count: number }) =>
      finish(foldCommand({ folder: path(target), out, count }, progress)),
    );

  program
    .command('prepare [source]')
    .description('turns videos, or pictures and sounds, one folder per class, into a data set')
    .requiredOption('--out <folder>', 'where to write the data set', path)
    .option('--images <folder>', 'folder of pictures, instead of a source folder', path)
    .option('--sounds <folder>', 'folder of sounds, instead of a source folder', path)
    .addOption(
      new Option(
        '--pair <by>',
        'name (default): each sound with the picture of the same name; category: with pictures of its class',
      ).choices(['name', 'category']),
    )
    .option('--step <ms>', 'time from one half second to the next (default: 100)', whole(10, 60_000))
    .option('--silence <dB>', 'leave out half seconds this far below the loudest of their recording (default: 40)', decibels)
    .option('--validation <share>', 'share of recordings for validation (default: 0.2)', share)
    .option('--recording <pattern>', 'regular expression whose first group names the recording of a file', pattern)
    .option('--size <pixels>', 'side of the square pictures, or original (default: 128)', size)
    .option('--seed <number>', 'for split and pairing (default: 1)', whole(0))
    .addOption(
      new Option('--reader <name>', 'library or program that reads videos (default: auto)').choices([
        'auto',
        'node-av',
        'ffmpeg',
      ]),
    )
    .option('--note <text>', 'where the data come from and under which terms, for the card')
    .action((source: string | undefined, flags: PrepareFlags) => {
      const { out, images, sounds, pair, step, silence, validation, recording, seed, reader, note } = flags;
      const settings = {
        ...{ pairBy: pair, stepMs: step, validationShare: validation, recordingPattern: recording, seed, reader, note },
        imageSize: flags.size,
        silence: silence === undefined ? undefined : { belowLoudestDb: silence },
      };
      const options = {
        source: source === undefined ? undefined : path(source),
        images,
        sounds,
        out,
        workingFolder: folder,
        settings,
      };
      return finish(prepareCommand(options, progress));
    });

  program
    .command('info <folder>')
    .description('prints the card of a data set, and writes a page with random pairs to look at and listen to')
    .option('--html <file>', 'where to write the page (default: dataset.html in the data set)', path)
    .option('--pairs <count>', 'pairs of each class on the page, from both splits', whole(0), 4)
    .option('--seed <number>', 'for the choice of pairs', whole(0), 1)
    .option('--cache <folder>', 'where frames and spectra are cached (default: in the data set)', path)
    .option('--no-cache', 'cache nothing')
    .action((target: string, { html, pairs, seed, cache }: InfoFlags) => {
      const options = { folder: path(target), html, pairsPerClass: pairs, seed, cacheFolder: cacheFolderOf(cache) };
      return finish(infoCommand(options, progress));
    });

  program
    .command('shard <folder>')
    .description("writes a data set as tar files in WebDataset's layout, for many machines")
    .requiredOption('--out <folder>', 'where to write the tar files', path)
    .option('--pairs <count>', 'pairs in each file (default: 1000)', whole(1))
    .option('--seed <number>', 'for the order of the pairs (default: 1)', whole(0))
    .option('--skip-broken', 'leave out pairs with files that cannot be used, or without one half')
    .option('--cache <folder>', 'where frames and spectra are cached (default: in the data set)', path)
    .option('--no-cache', 'cache nothing')
    .action((target: string, { out, pairs, seed, skipBroken, cache }: ShardFlags) => {
      const options = { folder: path(target), out, pairsPerShard: pairs, seed, cacheFolder: cacheFolderOf(cache) };
      return finish(shardCommand({ ...options, onBroken: skipBroken ? 'skip' : 'error' }, progress));
    });

  return program;
}

/** The command line as a program: `run` takes the arguments after the program's name and resolves to the exit code. */
export function createProgram(dependencies: Dependencies): { run(args: readonly string[]): Promise<number> } {
  return { run: (args) => runCommander((finish) => createCommands(dependencies, finish), args) };
}
