import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { LibraryHandle } from 'koffi';
import { MPICH, OPEN_MPI, STANDARD, type Abi } from './abi';
import type { MpiFamily } from './launcher';

type Koffi = (typeof import('koffi'))['default'];

/** An MPI library on this machine. */
export interface MpiLibrary {
  /** Such as "Open MPI", "MPICH" or "Intel MPI". */
  readonly name: string;
  /** Such as "4.1.4". */
  readonly version: string;
  /** Where it was found: the file's path where the system tells it, else the name it was found by. */
  readonly path: string;
}

/** A library that is loaded, before MPI is initialised. */
export interface OpenLibrary extends MpiLibrary {
  readonly family: MpiFamily;
  readonly abi: Abi;
  readonly koffi: Koffi;
  readonly handle: LibraryHandle;
}

const [SUFFIX, MAC] = process.platform === 'darwin' ? ['dylib', true] : ['so', false];
const versioned = (stem: string, version: number) => (MAC ? `${stem}.${version}.${SUFFIX}` : `${stem}.${SUFFIX}.${version}`);

/** Names by which the dynamic loader finds MPI. The standard's binary interface may belong to either family. */
const FILE_NAMES: Readonly<Record<MpiFamily | 'either', readonly string[]>> = {
  'Open MPI': [versioned('libmpi', 40)],
  MPICH: [versioned('libmpi', 12), versioned('libmpich', 12)], // MPICH's and Intel MPI's; Debian's MPICH
  either: [versioned('libmpi_abi', 1), versioned('libmpi_abi', 0)],
};

const NAMES: readonly [pattern: RegExp, name: string, family: MpiFamily][] = [
  [/^Open MPI/, 'Open MPI', 'Open MPI'],
  [/Spectrum MPI/, 'Spectrum MPI', 'Open MPI'],
  [/^Intel/, 'Intel MPI', 'MPICH'],
  [/^MVAPICH/, 'MVAPICH', 'MPICH'],
  [/CRAY/, 'Cray MPICH', 'MPICH'],
  [/./, 'MPICH', 'MPICH'],
];

/** What MPI_Get_library_version's text says: the library's name, version and family. */
export function readVersion(text: string): { name: string; version: string; family: MpiFamily } {
  const [, name, family] = NAMES.find(([pattern]) => pattern.test(text)) ?? NAMES[NAMES.length - 1];
  return { name, family, version: /\d+(\.\d+)+\w*/.exec(text)?.[0] ?? 'of unknown version' };
}

/** Libraries to try for each family, in their order: those that the loader finds by name, then those beside the mpirun on PATH. */
function candidates(families: readonly MpiFamily[], path: string): string[] {
  const mpirun = path.split(delimiter).flatMap((folder) => ['mpirun', 'mpiexec'].map((name) => join(folder, name)));
  const installed = mpirun.filter((file) => existsSync(file)).map((file) => dirname(dirname(realpathSync(file))));
  const folders = [...new Set(installed)].flatMap((prefix) => [join(prefix, 'lib'), join(prefix, 'lib64')]);
  return [...families, 'either' as const].flatMap((family) => {
    const names = FILE_NAMES[family];
    const beside = folders.flatMap((folder) => names.map((name) => join(folder, name)));
    return [...names, ...beside.filter((file) => existsSync(file))];
  });
}

/** Loads a library without initialising MPI. Throws the loader's message if that fails, or ours if it is no MPI library. */
export async function openLibrary(file: string): Promise<OpenLibrary> {
  return open(await loadKoffi(), file);
}

/** Stack of a call on a thread of its own. With koffi's 128 KiB, MPICH 4 crashes in MPI_Allreduce. */
const STACK_BYTES = 2 ** 23;

async function loadKoffi(): Promise<Koffi> {
  process.env.UCX_HANDLE_ERRORS ??= 'none'; // else UCX, as it loads, takes SIGSEGV from V8, which wasm's bounds checks are made of
  try {
    const { default: koffi } = await import('koffi');
    const { async_stack_size: stackBytes = 0 } = koffi.config();
    if (stackBytes < STACK_BYTES) koffi.config({ async_stack_size: STACK_BYTES });
    return koffi;
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`@cmcgan/mpi: koffi, which calls MPI, cannot be used (${process.platform}-${process.arch}): ${message}`, {
      cause: error,
    });
  }
}

function load(koffi: Koffi, file: string): LibraryHandle {
  try {
    return koffi.load(file);
  } catch (error) {
    throw new Error(`the MPI library ${file} must load: ${(error as Error).message}`, { cause: error });
  }
}

function open(koffi: Koffi, file: string): OpenLibrary {
  const handle = load(koffi, file);
  const has = (symbol: string) => {
    try {
      return handle.symbol(symbol) !== null;
    } catch {
      return false;
    }
  };
  if (!has('MPI_Init_thread')) throw new Error(`${file} must be an MPI library, but has no MPI_Init_thread`);
  const abi = has('ompi_mpi_comm_world') ? OPEN_MPI : file.includes('mpi_abi') ? STANDARD : MPICH;
  const [text, length] = [Buffer.alloc(8192), new Int32Array(1)];
  handle.func('MPI_Get_library_version', 'int', ['void *', 'void *'])(text, length);
  return { ...readVersion(text.toString('latin1', 0, length[0])), path: loadedPath(file), abi, koffi, handle };
}

/** The file that the loader chose for a name. */
function loadedPath(file: string): string {
  if (file.includes('/') || process.platform !== 'linux') return file;
  const loaded = readFileSync('/proc/self/maps', 'utf8').match(/\/\S.*$/gm) ?? [];
  const stem = `/${file}`;
  return loaded.find((path) => path.endsWith(stem) || path.includes(`${stem}.`)) ?? file;
}

/**
 * Every MPI library of these families that is found and loads, in the order of preference. A program that initialises one must not load
 * another before it: their symbols have the same names.
 */
export async function* findLibraries(families: readonly MpiFamily[], path: string): AsyncGenerator<OpenLibrary> {
  const koffi = await loadKoffi();
  const seen = new Set<string>();
  for (const file of candidates(families, path)) {
    let library: OpenLibrary;
    try {
      library = open(koffi, file);
    } catch {
      continue; // not installed, or not for this machine
    }
    const found = existsSync(library.path) ? realpathSync(library.path) : library.path;
    if (seen.has(found)) continue;
    seen.add(found);
    if (families.includes(library.family)) yield library;
  }
}
