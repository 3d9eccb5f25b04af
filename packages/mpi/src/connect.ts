import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { inspect } from 'node:util';
import { bind } from './bind';
import { detectLauncher, type Launcher } from './launcher';
import { findLibraries, openLibrary, type MpiLibrary, type OpenLibrary } from './library';
import { LONE } from './lone';
import type { Mpi } from './mpi';
import { World } from './world';

/** How to {@link connect}. */
export interface ConnectOptions {
  /** File of the MPI library, such as /opt/openmpi/lib/libmpi.so.40. Default: the one of the launcher's family that is found. */
  readonly library?: string;
  /** Elements that are sent at a time; it bounds the memory that summing and gathering take. Default: 4 Mi, from 65 ranks on 64 Ki a rank. */
  readonly blockElements?: number;
}

/** What {@link describeMpi} finds. */
export interface MpiDescription {
  /** The launcher that started this process; undefined if it was started alone. */
  readonly launcher?: Launcher;
  /** The libraries on this machine; under a launcher, only those of its families, the first of which {@link connect} takes. */
  readonly libraries: readonly MpiLibrary[];
}

/** MPI counts in 32-bit integers. */
const MAXIMUM_BLOCK = 2 ** 31 - 1;

/** A message to each rank holds at least 64 Ki elements, so that latency matters little among many. */
const defaultBlock = (size: number) => Math.min(MAXIMUM_BLOCK, Math.max(2 ** 22, size * 2 ** 16));

let connected: Promise<Mpi> | undefined;

/**
 * Connects this process to the others that a launcher (mpirun, mpiexec, srun) started with it, through the machine's own MPI library.
 * A process that was started alone, or as the only one, resolves to rank 0 of 1, and no library is loaded. Every process connects once: later calls resolve to
 * the same object. From then on, a process that ends with an error ends the whole job.
 *
 * @throws Error if a launcher started several processes but there is no library to connect them, or it doesn't fit the launcher
 */
export function connect(options: ConnectOptions = {}): Promise<Mpi> {
  connected ??= start(options).catch((error: unknown) => {
    connected = undefined;
    throw error;
  });
  return connected;
}

/** Finds out which MPI there is, without initialising it. */
export async function describeMpi(): Promise<MpiDescription> {
  const launcher = detectLauncher(process.env);
  const libraries: MpiLibrary[] = [];
  const families = launcher?.families ?? (['Open MPI', 'MPICH'] as const);
  for await (const { name, version, path } of findLibraries(families, process.env.PATH ?? ''))
    libraries.push({ name, version, path });
  return { launcher, libraries };
}

async function start({ library: file, blockElements }: ConnectOptions): Promise<Mpi> {
  if (blockElements !== undefined && !(Number.isInteger(blockElements) && blockElements >= 1 && blockElements <= MAXIMUM_BLOCK))
    throw new RangeError(`connect: blockElements must be an integer from 1 to ${MAXIMUM_BLOCK}, got ${blockElements}`);
  const launcher = detectLauncher(process.env);
  const alone = launcher === undefined || launcher.size === 1;
  if (file === undefined && alone) return LONE;
  if (!alone) assertReachable(launcher, process.env.PMI_FD);
  const library = file === undefined ? await chooseLibrary(launcher!) : await openLibrary(file);
  const world = initialise(library, blockElements);
  if (launcher?.size !== undefined && launcher.size !== world.size) throw sizesDiffer(launcher, world);
  handleEnd(world);
  await world.findNeighbours(hostname());
  return world;
}

/** Throws if programs between the launcher and this process, such as npx, have closed the socket that the launcher passed on. */
function assertReachable({ name }: Launcher, descriptor: string | undefined): void {
  if (descriptor === undefined || isSocket(Number(descriptor))) return;
  throw new Error(
    `connect: ${name} talks to its processes over a socket that it opens for them, which npx, npm and pnpm close: start Node itself, as in ` +
      `mpirun -n 4 node program.js, or use mpirun -pmi-port with MPICH.`,
  );
}

function isSocket(descriptor: number): boolean {
  if (process.platform !== 'linux') return true;
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`).startsWith('socket:'); // fs.fstatSync breaks the next import on Node 20
  } catch {
    return false;
  }
}

/** The first library of the launcher's families, in their order. */
async function chooseLibrary({ name, size: processes, families }: Launcher): Promise<OpenLibrary> {
  const size = processes ?? 'several';
  if (families.length === 0) throw new Error(`connect: ${name} started ${size} processes without MPI: ${SRUN_REMEDY}.`);
  for await (const library of findLibraries(families, process.env.PATH ?? '')) return library;
  throw new Error(
    `connect: ${name} started ${size} processes, which requires the library of ${families.join(' or ')}, but none was found. ${remedy(families[0])}`,
  );
}

const SRUN_REMEDY =
  'start with srun --mpi=pmix (Open MPI) or srun --mpi=pmi2 (MPICH, Intel MPI); srun --mpi=list shows what there is';

const remedy = (family: Launcher['families'][number]) =>
  `Install it (Debian: apt-get install ${family === 'MPICH' ? 'mpich' : 'openmpi-bin'}; clusters: module load) or let LD_LIBRARY_PATH name its folder.`;

/** Initialises MPI for calls from several threads, if the library can do that. */
function initialise({ name, version, path, abi, ...library }: OpenLibrary, givenBlock?: number): World {
  const functions = bind({ name, version, path, abi, ...library });
  const { call, handles } = functions;
  const value = new Int32Array(1);
  call('MPI_Initialized', value);
  if (value[0] === 0) call('MPI_Init_thread', null, null, abi.threads.multiple, value);
  else call('MPI_Query_thread', value);
  const threads = value[0] >= abi.threads.serialized;
  call('MPI_Comm_set_errhandler', handles.world, handles.errorsReturn);
  call('MPI_Comm_rank', handles.world, value);
  const [rank] = value;
  call('MPI_Comm_size', handles.world, value);
  const [size] = value;
  const blockElements = givenBlock ?? defaultBlock(size);
  return new World({ functions, library: { name, version, path }, inPlace: abi.inPlace, threads, rank, size, blockElements });
}

/** Every process would be rank 0 of 1, and all would do the same work. */
function sizesDiffer({ name, size }: Launcher, world: World): Error {
  const { name: library, version, path } = world.library;
  const way = name === 'srun' ? SRUN_REMEDY : 'start with the mpirun of the same installation';
  return new Error(`connect: ${name} started ${size} processes, but ${library} ${version} (${path}) sees ${world.size}: ${way}.`);
}

/** Names the rank of an error that nothing catches, and ends MPI as the process ends, which is before Node prints the error. */
function handleEnd(world: World): void {
  process.on('uncaughtExceptionMonitor', (error) =>
    console.error(`Rank ${world.rank} of ${world.size} failed: ${inspect(error)}`),
  );
  process.once('exit', (exitCode) => world.handleExit(exitCode));
}
