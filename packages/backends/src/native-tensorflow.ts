import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Backend, BackendAvailability, RunningBackend } from './backend';

/** The native library, inside the package: what its install script downloads. */
const BINDING = join('lib', 'napi-v8', 'tfjs_binding.node');

/** The version that fits the other TensorFlow.js packages. */
const VERSION = '4.22.0';

/** The one of the packages that this process has loaded: their kernels have the same names, so a second one would mix with it. */
let loaded: string | undefined;

/** Finds the package whose manifest Node resolves from `from`; undefined where it is not installed. */
function packageFolder(packageName: string, from: string): string | undefined {
  try {
    return dirname(createRequire(from).resolve(`${packageName}/package.json`));
  } catch {
    return undefined;
  }
}

/**
 * Whether the native package is installed with its library. It must be asked before the package is imported: an import that fails has
 * registered its kernels already.
 *
 * @param from the module, as a URL or path, whose installed packages count
 */
export function nativeAvailability(packageName: string, from: string): BackendAvailability {
  const folder = packageFolder(packageName, from);
  if (folder === undefined) {
    return {
      available: false,
      reason: `${packageName} is not installed`,
      remedy: `install it with: npx pnpm --filter trainer add ${packageName}@${VERSION}`,
    };
  }
  if (!existsSync(join(folder, BINDING))) {
    return {
      available: false,
      reason: `${packageName} is installed without its native library (${BINDING})`,
      remedy: `download it with: npm --prefix ${folder} run install`,
    };
  }
  return { available: true, description: `${packageName}, native TensorFlow 2.9.1` };
}

/** Node 23 took away a function that the packages still call. */
async function restoreRemovedFunctions(): Promise<void> {
  const { default: util } = await import('node:util');
  const removed = util as { isNullOrUndefined?: (value: unknown) => boolean };
  removed.isNullOrUndefined ??= (value) => value === null || value === undefined;
}

async function start(name: string, packageName: string, load: () => Promise<unknown>): Promise<RunningBackend> {
  if (loaded !== undefined && loaded !== packageName) {
    throw new Error(`startBackend: a process must load one native TensorFlow, got ${packageName} after ${loaded}`);
  }
  loaded = packageName;
  await restoreRemovedFunctions();
  await load();
  const tf = await import('@tensorflow/tfjs-core');
  if (!(await tf.setBackend('tensorflow'))) throw new Error(`startBackend: ${packageName} must start, but it did not`);
  return {
    name,
    threads: 1,
    description: `${name}, native TensorFlow 2.9.1`,
    memoryBytes: () => undefined,
    dispose: async () => {},
  };
}

/** A backend that stands on one of the native TensorFlow packages. `load` imports it. */
export function nativeBackend(options: {
  name: string;
  summary: string;
  packageName: string;
  load: () => Promise<unknown>;
}): Backend {
  const { name, summary, packageName, load } = options;
  return {
    name,
    summary,
    availability: async () => nativeAvailability(packageName, import.meta.url),
    start: () => start(name, packageName, load),
  };
}
