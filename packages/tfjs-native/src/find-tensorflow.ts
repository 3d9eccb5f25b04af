import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { lastLine, runProgram } from './run-program';
import { openTensorflowFolder, type TensorflowFolder } from './tensorflow-folder';

/** Where the TensorFlow to build against comes from. */
export interface TensorflowSource {
  /** A Python that has it, a name or a path; default: `python3`, else `python`. */
  readonly python?: string;
  /** A folder that contains it: pip's package, or an unpacked archive of TensorFlow for C. Takes precedence over Python's. */
  readonly tensorflow?: string;
  /** A version for pip to download into the cache folder, such as "2.21.0"; `newest`: pip's choice. Takes precedence over both. */
  readonly download?: string;
  /** Whether it must compute on a GPU: then CUDA's libraries are downloaded too. */
  readonly gpu?: boolean;
}

const PYTHONS = ['python3', 'python'] as const;
const LOCATE = `import importlib.util as util
spec = util.find_spec("tensorflow")
print(spec.submodule_search_locations[0] if spec and spec.submodule_search_locations else "")`;

/** The Python whose wheels are downloaded: each TensorFlow from 2.12 on has one for it, and its libraries do not depend on it. */
const WHEELS_PYTHON = '3.11';

/** Stands for the version that pip chooses. */
const NEWEST = 'newest';

interface Surroundings {
  readonly cacheFolder: string;
  readonly onInfo: (line: string) => void;
}

/**
 * Finds or downloads the requested TensorFlow.
 *
 * @throws Error that says in one sentence what is missing and what to do
 */
export async function findTensorflow(source: TensorflowSource, surroundings: Surroundings): Promise<TensorflowFolder> {
  if (source.download !== undefined) return download(source.download, source, surroundings);
  if (source.tensorflow !== undefined) return openTensorflowFolder(source.tensorflow);
  const python = await findPython(source.python);
  const { stdout, stderr, failure } = await runProgram(python, ['-c', LOCATE]);
  if (failure !== undefined) throw new Error(`${python} must report where TensorFlow is, but ${failure}: ${lastLine(stderr)}`);
  const folder = lastLine(stdout);
  if (folder !== '') return openTensorflowFolder(folder);
  const wanted = source.gpu ? "'tensorflow[and-cuda]'" : 'tensorflow-cpu';
  throw new Error(`${python} has no TensorFlow: install it with ${python} -m pip install ${wanted}, or add --download newest`);
}

async function findPython(named: string | undefined): Promise<string> {
  for (const python of named === undefined ? PYTHONS : [named]) {
    if (!(await runProgram(python, ['--version'])).missing) return python;
  }
  if (named !== undefined) throw new Error(`--python must name a Python that can be run, got ${named}`);
  throw new Error(
    'there is no Python to take TensorFlow from (neither python3 nor python can be run): ' +
      'install Python, name one with --python, or name a folder that holds TensorFlow with --tensorflow',
  );
}

async function download(
  version: string,
  source: TensorflowSource,
  { cacheFolder, onInfo }: Surroundings,
): Promise<TensorflowFolder> {
  const name = source.gpu ? 'tensorflow[and-cuda]' : 'tensorflow-cpu';
  const folder = join(cacheFolder, `${source.gpu ? 'tensorflow-gpu' : 'tensorflow-cpu'}-${version}`);
  if (existsSync(folder) && version !== NEWEST) return openTensorflowFolder(folder);
  const python = await findPython(source.python);
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const requirement = version === NEWEST ? name : `${name}==${version}`;
  onInfo(`Downloading ${requirement} with pip (${source.gpu ? 'about 3 GB' : 'about 300 MB'}) …`);
  const wheels = ['--only-binary=:all:', '--python-version', WHEELS_PYTHON, ...(source.gpu ? [] : ['--no-deps'])];
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-compile', ...wheels, '--target', partial];
  const { stderr, failure } = await runProgram(python, [...pip, requirement]);
  if (failure !== undefined) {
    await rm(partial, { recursive: true });
    throw new Error(`${python} -m pip must download ${requirement}, but ${failure}: ${lastLine(stderr)}`);
  }
  openTensorflowFolder(partial); // keep only what can be built against
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
  return openTensorflowFolder(folder);
}
