import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { lastLine, runProgram } from './run-program';

/** The version of TensorFlow.js whose addon is built; the other packages of TensorFlow.js must have the same. */
export const TFJS_VERSION = '4.22.0';

/** The npm packages that contain the addon's source; they differ only in their names and in what their install scripts download. */
export type NativePackageName = '@tensorflow/tfjs-node' | '@tensorflow/tfjs-node-gpu';

/** Where to compute: `processor` hides GPUs, `gpu` accepts nothing else. */
export type NativeDevice = 'processor' | 'gpu';

/** Where an installed package is looked for. */
export interface PackagePlaces {
  /** Folder of the package; default: it is looked for. */
  readonly packageFolder?: string;
  /** A module or folder from which installed packages are resolved; default: the current folder. */
  readonly from?: string;
  /** Where downloaded packages and TensorFlows are kept; default: `tfjs-native` in the user's cache folder. */
  readonly cacheFolder?: string;
}

/** `tfjs-native` in the user's cache folder. */
export const defaultCacheFolder = (): string => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tfjs-native');

/** The addon, inside the package's folder. */
export const addonFile = (packageFolder: string): string => join(packageFolder, 'lib', 'napi-v8', 'tfjs_binding.node');

/** The addon's source, inside the package's folder. */
export const addonSource = (packageFolder: string): string => join(packageFolder, 'binding');

const cacheHome = (cacheFolder: string) => join(cacheFolder, `tfjs-node-${TFJS_VERSION}`);

function installedFolder(name: NativePackageName, from: string): string | undefined {
  try {
    return dirname(createRequire(from).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

/** Folders of installed packages in order of preference: those that `from` finds, then the one in the cache folder. */
export function packageFolders(device: NativeDevice | undefined, places: PackagePlaces = {}): string[] {
  const { packageFolder, from = join(process.cwd(), 'any.js'), cacheFolder = defaultCacheFolder() } = places;
  if (packageFolder !== undefined) return [resolve(packageFolder)];
  const names: NativePackageName[] = ['@tensorflow/tfjs-node'];
  if (device === 'gpu') names.unshift('@tensorflow/tfjs-node-gpu');
  const sources = [from, join(cacheHome(cacheFolder), 'any.js')];
  const found = sources.flatMap((source) => names.map((name) => installedFolder(name, source)));
  return [...new Set(found.filter((folder) => folder !== undefined))];
}

/** The environment for npm without pnpm's settings, each of which npm would warn about. */
const npmEnvironment = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !/^npm_config_(?!registry$|cache$|userconfig$)/i.test(name)));

/**
 * Installs @tensorflow/tfjs-node in the cache folder with npm, without its install script. Resolves to the package's folder.
 *
 * @throws Error if npm fails
 */
export async function installPackage({ cacheFolder = defaultCacheFolder() }: PackagePlaces): Promise<string> {
  const name: NativePackageName = '@tensorflow/tfjs-node';
  const [home, partial] = [cacheHome(cacheFolder), `${cacheHome(cacheFolder)}.partial`];
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  await writeFile(join(partial, 'package.json'), JSON.stringify({ private: true, dependencies: { [name]: TFJS_VERSION } }));
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { failure, stderr } = await runProgram('npm', args, { cwd: partial, env: npmEnvironment(process.env) });
  if (failure !== undefined) {
    await rm(partial, { recursive: true });
    throw new Error(`npm must install ${name}@${TFJS_VERSION}, but ${failure}: ${lastLine(stderr)}`);
  }
  if (existsSync(home)) await rm(home, { recursive: true });
  await rename(partial, home);
  return join(home, 'node_modules', name);
}
