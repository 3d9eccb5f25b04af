import { parseArgs } from 'node:util';
import { buildNative } from './build-native';

const HELP = `Usage: npx @cmcgan/tfjs-native [options]

Builds the addon of @tensorflow/tfjs-node against TensorFlow 2.12 or newer, and tests it.

  --python <path>        the Python that has TensorFlow (default: python3, else python)
  --tensorflow <folder>  a folder that contains TensorFlow, used instead of Python's
  --download <version>   let pip download that version of TensorFlow (or newest) into the cache folder
  --gpu                  fail unless it computes on a GPU (with --download: get CUDA's libraries too)
  --package <folder>     folder of @tensorflow/tfjs-node (default: the installed one, else one in the cache folder)
  --cache <folder>       where downloads are kept (default: ~/.cache/tfjs-native)
  --help                 print this text`;

const OPTIONS = {
  python: { type: 'string' },
  tensorflow: { type: 'string' },
  download: { type: 'string' },
  gpu: { type: 'boolean' },
  package: { type: 'string' },
  cache: { type: 'string' },
  help: { type: 'boolean' },
} as const;

function readArgs(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    const [problem] = (error as Error).message.split('. ');
    throw new Error(`${problem}; the options are ${Object.keys(OPTIONS).map((name) => `--${name}`).join(', ')}`, { cause: error }); // prettier-ignore
  }
}

/**
 * Runs `npx @cmcgan/tfjs-native` with the given arguments; `print` gets its output lines.
 *
 * @throws Error in one sentence
 */
export async function runCli(args: readonly string[], print: (line: string) => void): Promise<void> {
  const { help, package: packageFolder, cache: cacheFolder, ...source } = readArgs(args);
  if (help) return print(HELP);
  const built = await buildNative({ ...source, packageFolder, cacheFolder, onInfo: print });
  const computes = `TensorFlow ${built.version} computes on ${built.device === 'gpu' ? 'a GPU' : 'the processor'}`;
  print(`${computes}; loadNative() loads it from ${built.packageFolder}`);
}
