import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compileAddon, replaceAddon } from './compile-addon';
import { findTensorflow, type TensorflowSource } from './find-tensorflow';
import {
  addonSource,
  defaultCacheFolder,
  installPackage,
  packageFolders,
  TFJS_VERSION,
  type PackagePlaces,
} from './native-package';
import { noGpu, probeNative, type NativeProbe } from './probe-native';

/** What to build, and against what. */
export interface BuildOptions extends TensorflowSource, PackagePlaces {
  /** Called with progress messages, one line each. */
  readonly onInfo?: (line: string) => void;
}

/** An addon that was built and tested. */
export type NativeBuild = Extract<NativeProbe, { works: true }>;

async function findPackage(options: BuildOptions, onInfo: (line: string) => void): Promise<string> {
  const [installed] = packageFolders(options.gpu ? 'gpu' : undefined, options);
  if (installed === undefined) {
    onInfo(`Installing @tensorflow/tfjs-node@${TFJS_VERSION} with npm, without its install script …`);
    return installPackage(options);
  }
  if (existsSync(join(addonSource(installed), 'tfjs_backend.cc'))) return installed;
  throw new Error(
    `${installed} must be the folder of @tensorflow/tfjs-node or -gpu, but it holds no ${join('binding', 'tfjs_backend.cc')}`,
  );
}

const GPU_NEEDS = "this needs NVIDIA's driver and a TensorFlow with CUDA, pip's 'tensorflow[and-cuda]'";

/** @throws Error if the addon does not load, computes wrong results, or finds no GPU where one is required */
async function check(packageFolder: string, gpu: boolean): Promise<NativeBuild> {
  const probe = await probeNative(packageFolder);
  if (!probe.works) throw new Error(`the addon was built, but does not work: ${probe.reason}`);
  if (gpu && probe.device !== 'gpu')
    throw new Error(`TensorFlow ${probe.version} must compute on a GPU, but ${noGpu(probe)}: ${GPU_NEEDS}`);
  return probe;
}

/**
 * Builds the addon of @tensorflow/tfjs-node against TensorFlow 2.12 or newer, and tests it in a separate process. An existing addon is
 * replaced only by one that works. Linux only; needs a C++ compiler, and takes up to a minute besides downloads.
 *
 * The package is `packageFolder`, else the one that `from` finds installed, else a copy that npm installs into the cache folder.
 *
 * @throws Error that says in one sentence what is missing and what to do about it
 */
export async function buildNative(options: BuildOptions = {}): Promise<NativeBuild> {
  const { onInfo = () => {}, gpu = false, cacheFolder = defaultCacheFolder() } = options;
  if (process.platform !== 'linux') throw new Error(`the addon can be built on Linux only, got ${process.platform}`);
  const tensorflow = await findTensorflow(options, { cacheFolder, onInfo });
  const packageFolder = await findPackage(options, onInfo);
  onInfo(`Building the addon in ${packageFolder} against ${tensorflow.libraryFolder} …`);
  const built = await compileAddon(packageFolder, tensorflow, process.env.CXX);
  return replaceAddon(packageFolder, built, () => check(packageFolder, gpu));
}
