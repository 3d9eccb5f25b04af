#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { buildNative } from './build-native';

const HELP = `Usage: npx @cmcgan/tfjs-native [options]

Builds the addon of @tensorflow/tfjs-node against a TensorFlow of 2.12 or newer, and tries it.

  --python <path>        the Python that has TensorFlow (default: python3, else python)
  --tensorflow <folder>  a folder that holds TensorFlow, instead of Python's
  --download <version>   let pip download that TensorFlow into the cache folder; newest: the newest
  --gpu                  it must compute on a GPU (with --download: CUDA's libraries too)
  --package <folder>     folder of @tensorflow/tfjs-node (default: the one that is installed here, else one in the cache folder)
  --cache <folder>       where downloads lie (default: ~/.cache/tfjs-native)
  --help                 this text`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      python: { type: 'string' },
      tensorflow: { type: 'string' },
      download: { type: 'string' },
      gpu: { type: 'boolean' },
      package: { type: 'string' },
      cache: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(HELP);
  const { package: packageFolder, cache: cacheFolder, ...source } = values;
  const {
    version,
    device,
    packageFolder: folder,
  } = await buildNative({ ...source, packageFolder, cacheFolder, onInfo: console.log });
  console.log(
    `TensorFlow ${version} computes on ${device === 'gpu' ? 'a GPU' : 'the processor'}; loadNative() finds it in ${folder}`,
  );
}

main().catch((error: Error) => {
  console.error(`tfjs-native: ${error.message}`);
  process.exitCode = 1;
});
