import { resolve } from 'node:path';
import { nativePlaces } from '@cmcgan/backends';
import type { CommandFlag, ProgramDependencies, Typed } from './command';

/** Flags of `native`, in the order of its --help. */
export const NATIVE_FLAGS: readonly CommandFlag[] = [
  { name: 'python', value: 'path', help: 'the Python that has TensorFlow [python3, else python]' },
  { name: 'tensorflow', value: 'folder', help: "folder with a TensorFlow to use instead of Python's" },
  {
    name: 'download',
    value: 'version',
    help: 'let pip download this TensorFlow into the cache folder; newest: the latest version',
  },
  { name: 'gpu', help: 'require an NVIDIA GPU (with --download, also get the CUDA libraries)' },
];

/** Builds and tests the addon that `--backend tfjs-node` and `tfjs-node-gpu` load. Resolves to the process's exit code. */
export async function nativeCommand({ flags, switches }: Typed, { folder }: ProgramDependencies): Promise<number> {
  const { buildNative } = await import('@cmcgan/tfjs-native');
  const { version, device } = await buildNative({
    python: flags.python?.includes('/') ? resolve(folder, flags.python) : flags.python,
    tensorflow: flags.tensorflow === undefined ? undefined : resolve(folder, flags.tensorflow),
    download: flags.download,
    gpu: switches.has('gpu'),
    ...nativePlaces(),
    onInfo: console.log,
  });
  const backend = device === 'gpu' ? 'tfjs-node-gpu' : 'tfjs-node';
  console.log(
    `TensorFlow ${version} computes on ${device === 'gpu' ? 'a GPU' : 'the processor'}: train on it with --backend ${backend}`,
  );
  return 0;
}
