import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { addonFile, packageFolders, type NativeDevice, type PackagePlaces } from './native-package';
import { computeEnvironment, openPackage, type ComputeOptions } from './open-package';
import { noGpu, probeNative, type NativeProbe } from './probe-native';

/** Which TensorFlow to load, and how it is to compute. */
export interface LoadOptions extends ComputeOptions, PackagePlaces {}

/** The native TensorFlow of this process. */
export interface NativeTensorflow {
  readonly packageFolder: string;
  /** TensorFlow's version, such as "2.21.0". */
  readonly version: string;
  readonly device: NativeDevice;
  readonly threads: number;
  /** A description to show: "TensorFlow 2.21.0 on the processor, 2 threads". */
  readonly description: string;
}

/** The one that this process has loaded: kernels of all packages have the same names, and the environment is read once. */
let loaded: { packageFolder: string; environment: string } | undefined;

/** The first package that has an addon. */
function builtFolder(options: LoadOptions): string | { missing: string } {
  const folders = packageFolders(options.device, options);
  const built = folders.find((folder) => existsSync(addonFile(folder)));
  if (built !== undefined) return built;
  const [installed] = folders;
  return {
    missing:
      installed === undefined ? '@tensorflow/tfjs-node is not installed' : `${installed} has no native addon (${addonFile('')})`,
  };
}

/**
 * Whether native TensorFlow can be loaded here. Tests it in a separate process, so that this one stays unchanged; takes seconds. `gpu` works
 * only where TensorFlow computes on one.
 */
export async function findNative(options: LoadOptions = {}): Promise<NativeProbe> {
  const built = builtFolder(options);
  if (typeof built !== 'string') return { works: false, reason: built.missing };
  const probe = await probeNative(built, options.device);
  if (!probe.works || options.device !== 'gpu' || probe.device === 'gpu') return probe;
  return { works: false, reason: `TensorFlow ${probe.version} in ${built} must compute on a GPU, but ${noGpu(probe)}` };
}

/**
 * Loads native TensorFlow into this process and makes it the current backend of TensorFlow.js, whichever of its packages the program
 * uses. The addon must exist: call {@link findNative} first, because a failed import leaves half of it behind.
 *
 * @throws Error if there is none, another one is already loaded, or a GPU is required but not used
 */
export function loadNative(options: LoadOptions = {}): NativeTensorflow {
  const { device, threads } = options;
  const built = builtFolder(options);
  if (typeof built !== 'string') throw new Error(`loadNative: ${built.missing}; build it with: npx @cmcgan/tfjs-native`);
  const environment = JSON.stringify({ device, threads });
  if (loaded !== undefined && (loaded.packageFolder !== built || loaded.environment !== environment))
    throw new Error(
      `loadNative: a process must load one native TensorFlow, got ${built} ${environment} after ${loaded.packageFolder} ${loaded.environment}`,
    );
  loaded = { packageFolder: built, environment };
  Object.assign(process.env, computeEnvironment(options, process.env));
  const tf = openPackage(createRequire(addonFile(built)) as (name: string) => unknown, built);
  const { isUsingGpuDevice, binding } = tf.backend();
  if (device === 'gpu' && !isUsingGpuDevice)
    throw new Error(`loadNative: TensorFlow ${binding.TF_Version} must compute on a GPU, but finds none`);
  return describe({ packageFolder: built, version: binding.TF_Version, device: isUsingGpuDevice ? 'gpu' : 'processor', threads });
}

function describe({
  threads = availableParallelism(),
  ...found
}: Omit<NativeTensorflow, 'threads' | 'description'> & { threads?: number }) {
  const where = found.device === 'gpu' ? 'a GPU' : `the processor, ${threads} thread${threads === 1 ? '' : 's'}`;
  return { ...found, threads, description: `TensorFlow ${found.version} on ${where}` };
}
