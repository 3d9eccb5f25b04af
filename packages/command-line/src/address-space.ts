import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { UserError } from './user-error';

const GIB = 2 ** 30;

/** The limit on a process's address space, and what determines how much it needs. */
export interface AddressSpace {
  /** The process's limit in bytes (`ulimit -v`); null: none. */
  readonly limitBytes: number | null;
  /** Whether Node reserves 10 GiB for each WebAssembly memory to avoid checking addresses. */
  readonly trapHandler: boolean;
  readonly cores: number;
}

/** The limit of `ulimit -v` in bytes, which only Linux has; null: none. */
function limitBytes(): number | null {
  try {
    const [, soft] = /^Max address space +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return soft === undefined ? null : Number(soft);
  } catch {
    return null; // not Linux: no limit
  }
}

/** Node's flag that turns off the reservations of {@link AddressSpace.trapHandler}. */
const SMALL_FLAG = '--disable-wasm-trap-handler';

/** The address space of this process. */
export function thisAddressSpace(): AddressSpace {
  const flags = [...process.execArgv, ...(process.env.NODE_OPTIONS ?? '').split(' ')];
  return { limitBytes: limitBytes(), trapHandler: !flags.includes(SMALL_FLAG), cores: availableParallelism() };
}

/** How many WebAssembly memories each job has at once: all but generating decode files on all cores. */
const MEMORIES = {
  train: (cores: number) => cores + 2,
  evaluate: (cores: number) => cores + 2,
  generate: () => 3,
  'read data': (cores: number) => cores + 2,
  'prepare data': (cores: number) => cores + 4,
} as const;

/** A job that needs address space. */
export type AddressedJob = keyof typeof MEMORIES;

/**
 * The address space that a job needs, in GiB. Measured with Node 20 on two cores: training takes 42 to 45 GiB, generating 27 to 33, an
 * evaluation fits into 45 but not into 35, preparing takes 63; without the reservations, at most 11.
 */
const neededGib = (job: AddressedJob, { trapHandler, cores }: AddressSpace) =>
  trapHandler ? 10 * MEMORIES[job](cores) + 5 : 10 + cores;

/** Why the limit on address space is too low for WebAssembly, and what to do about it; null if it is high enough. */
export function addressSpaceShortage(job: AddressedJob, space: AddressSpace): { reason: string; remedy: string } | null {
  const { limitBytes, trapHandler } = space;
  const needed = neededGib(job, space);
  if (limitBytes === null || limitBytes >= needed * GIB) return null;
  const small = neededGib(job, { ...space, trapHandler: false });
  const smaller = trapHandler ? `, or set NODE_OPTIONS=${SMALL_FLAG}, with which ${small} GiB are enough` : '';
  return {
    reason:
      `address space is limited to ${(limitBytes / GIB).toFixed(1)} GiB (ulimit -v), too little for WebAssembly: ` +
      `Node reserves about ${needed} GiB of addresses (not of memory)`,
    remedy: `raise the limit with ulimit -v unlimited (for a cluster job, request more virtual memory)${smaller}`,
  };
}

/** @throws UserError if this process can't reserve what the job needs. Call it first: a later failure would not mention the limit. */
export function assertAddressSpace(job: AddressedJob): void {
  const shortage = addressSpaceShortage(job, thisAddressSpace());
  if (shortage) throw new UserError(`${shortage.reason}; ${shortage.remedy}`);
}
