import { mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { addonFile, addonSource } from './native-package';
import { runProgram, type ProgramEnd } from './run-program';
import type { TensorflowFolder } from './tensorflow-folder';

const SOURCES = ['tfjs_backend.cc', 'tfjs_binding.cc'] as const;
const COMPILERS = ['g++', 'c++', 'clang++'] as const;

/** The headers of Node's C API, which is the same for every Node. */
function nodeHeaders(): string {
  const here = typeof __filename === 'string' ? __filename : import.meta.url;
  return join(dirname(createRequire(here).resolve('node-api-headers/package.json')), 'include');
}

/** Runs the compiler that CXX names, with flags if it holds several words, or else the first one found. */
async function compile(args: readonly string[], named: string | undefined): Promise<ProgramEnd> {
  for (const compiler of named ? [named] : COMPILERS) {
    const [program, ...first] = compiler.trim().split(/\s+/);
    const end = await runProgram(program, [...first, ...args]);
    if (!end.missing) return end;
  }
  throw new Error(
    named
      ? `CXX must name a C++ compiler that can be run, got ${named}`
      : `there is no C++ compiler (none of ${COMPILERS.join(', ')} can be run): install one (Debian: apt-get install g++), or name one in CXX`,
  );
}

/**
 * Builds a package's addon against a TensorFlow. Resolves to the file, which lies beside the addon's own.
 *
 * @param compiler the value of CXX; undefined: the first of the usual ones found
 * @throws Error in one sentence if there is no compiler or it fails
 */
export async function compileAddon(
  packageFolder: string,
  { libraryFolder, libraries, headers }: TensorflowFolder,
  compiler: string | undefined,
): Promise<string> {
  const addon = addonFile(packageFolder);
  const built = `${addon}.new`;
  await mkdir(dirname(addon), { recursive: true });
  const flags = ['-O2', '-std=c++17', '-fPIC', '-shared', '-w', '-DNAPI_VERSION=8', '-I', nodeHeaders(), '-I', headers];
  const sources = SOURCES.map((name) => join(addonSource(packageFolder), name));
  const args = [...flags, ...sources, '-o', built, ...libraries, `-Wl,-rpath,${libraryFolder}`];
  const { failure, stderr } = await compile(args, compiler);
  if (failure === undefined) return built;
  await rm(built, { force: true });
  const reason = stderr.split('\n').find((line) => /error|undefined reference/i.test(line)) ?? failure;
  throw new Error(`the addon of TensorFlow.js must compile against ${headers}, but it does not: ${reason.trim()}`);
}

/** Installs a built addon while `check` runs. Keeps it if `check` resolves, and otherwise restores the previous one. */
export async function replaceAddon<Result>(packageFolder: string, built: string, check: () => Promise<Result>): Promise<Result> {
  const addon = addonFile(packageFolder);
  const before = `${addon}.old`;
  const hadOne = await rename(addon, before).then(
    () => true,
    () => false,
  );
  await rename(built, addon);
  try {
    const result = await check();
    await rm(before, { force: true });
    return result;
  } catch (error) {
    await rm(addon);
    if (hadOne) await rename(before, addon);
    throw error;
  }
}
