import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, hostname } from 'node:os';
import { describeError, EXIT_CODES, UserError } from '@cmcgan/command-line';
import { connect, type Mpi } from '@cmcgan/mpi';
import { REMEDIES } from '../options/remedies';

/** The processes that a launcher such as mpirun or srun has started together; size 1 without one. */
export type Ranks = Omit<Mpi, 'finalize' | 'library'>;

/** A lone process, whoever has started it. */
export const LONE_RANK: Ranks = {
  ...{ rank: 0, size: 1, localRank: 0, localSize: 1 },
  allReduce: () => Promise.resolve(),
  broadcast: () => Promise.resolve(),
  gather: (values) => Promise.resolve([values]),
  barrier: () => Promise.resolve(),
  abort: () => {},
};

/** Connects this process to the others of its launcher, if there is one. */
export async function connectRanks(): Promise<Mpi> {
  try {
    return await connect();
  } catch (error) {
    throw new UserError((error as Error).message, undefined, { cause: error });
  }
}

/** Whether all ranks fail with this error, so that rank 0's message is enough. */
async function isShared(error: unknown): Promise<boolean> {
  const { DivergedError, SharedError, isSharedWithOthers } = await import('@cmcgan/training/node');
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each instanceof SharedError || each instanceof DivergedError || isSharedWithOthers(each)) return true;
  }
  return false;
}

/** That of a UserError, or of the error that rank 0 has told. */
const exitCodeOf = (error: unknown) => (error as { exitCode?: number }).exitCode ?? EXIT_CODES.failure;

/**
 * Runs a rank's part; resolves to its exit code. An error that all ranks share is rank 0's to report. Any other is reported with the rank's
 * number, and ends all processes as this one exits.
 */
export async function runRank(ranks: Mpi, run: () => Promise<number>): Promise<number> {
  const { rank, size } = ranks;
  try {
    const exitCode = await run();
    await ranks.finalize();
    return exitCode;
  } catch (error) {
    if (size === 1) throw error;
    if (!(await isShared(error)))
      throw new UserError(`rank ${rank} of ${size} failed: ${describeError(error, REMEDIES)}`, exitCodeOf(error), {
        cause: error,
      });
    await ranks.finalize();
    if (rank === 0) throw error;
    return exitCodeOf(error);
  }
}

/** The cores that this process may use, as Linux lists them ("0-3,8"); '' where that is unknown. */
function coresOf(): string {
  try {
    return /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
  } catch {
    return ''; // not Linux
  }
}

/** Threads for this rank: the cores that the launcher gave it, divided by the ranks that have the same ones. */
export async function threadsOfRank(ranks: Ranks): Promise<number> {
  const own = `${hostname()} ${coresOf()}`;
  const { onFirstRank } = await import('@cmcgan/training/node');
  const gathered = await ranks.gather(new TextEncoder().encode(own));
  const all = await onFirstRank(ranks, async () => gathered!.map((bytes) => new TextDecoder().decode(bytes)));
  const sharing = all.filter((other) => other === own).length;
  return Math.max(1, Math.floor(availableParallelism() / sharing));
}

/** Where Nvidia's driver lists a machine's GPUs. */
const GPUS = '/proc/driver/nvidia/gpus';

/**
 * Gives each rank of a machine a GPU of its own, in turn: CUDA shows TensorFlow only those that CUDA_VISIBLE_DEVICES lists. To be called before
 * TensorFlow is loaded. Leaves alone what a scheduler has limited to one.
 */
export function chooseGpu({ localRank, localSize }: Pick<Ranks, 'localRank' | 'localSize'>, folder = GPUS): void {
  if (localSize === 1) return;
  const numbers = () => (existsSync(folder) ? readdirSync(folder).map((_, number) => String(number)) : []);
  const visible = process.env.CUDA_VISIBLE_DEVICES?.split(',') ?? numbers();
  if (visible.length > 1) process.env.CUDA_VISIBLE_DEVICES = visible[localRank % visible.length];
}
