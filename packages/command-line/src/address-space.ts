import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { UserError } from './user-error';

const GIB = 2 ** 30;

/** What a process may reserve, and what it would. */
export interface AddressSpace {
  /** The process's limit in bytes (`ulimit -v`); null: none. */
  readonly limitBytes: number | null;
  /** Whether Node reserves 10 GiB for each WebAssembly memory, so that it need not check addresses. */
  readonly trapHandler: boolean;
  readonly cores: number;
}

/** Reads `ulimit -v` where the system has it: Linux. */
function limitBytes(): number | null {
  try {
    const [, soft] = /^Max address space +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return soft === undefined ? null : Number(soft);
  } catch {
    return null; // another system, whose limit is none
  }
}

/** Turns the reservations of {@link AddressSpace.trapHandler} off. */
const SMALL_FLAG = '--disable-wasm-trap-handler';

/** That of this process. */
export function thisAddressSpace(): AddressSpace {
  const flags = [...process.execArgv, ...(process.env.NODE_OPTIONS ?? '').split(' ')];
  return { limitBytes: limitBytes(), trapHandler: !flags.includes(SMALL_FLAG), cores: availableParallelism() };
}

/** WebAssembly memories at a time, by job: all but generating decode on all cores. */
const MEMORIES = {
  train: (cores: number) => cores + 2,
  evaluate: (cores: number) => cores + 2,
  generate: () => 3,
  'read data': (cores: number) => cores + 2,
  'prepare data': (cores: number) => cores + 4,
} as const;

/** What needs address space. */
export type AddressedJob = keyof typeof MEMORIES;

/**
 * Measured with Node 20 on two cores: training takes 42 to 45 GiB, generating 27 to 33, an evaluation fits into 45 and not 35, preparing takes 63;
 * without the reservations at most 11.
 */
const neededGib = (job: AddressedJob, { trapHandler, cores }: AddressSpace) =>
  trapHandler ? 10 * MEMORIES[job](cores) + 5 : 10 + cores;

/** Why WebAssembly can't work under the limit of address space, and what to do about it; null where it can. */
export function addressSpaceShortage(job: AddressedJob, space: AddressSpace): { reason: string; remedy: string } | null {
  const { limitBytes, trapHandler } = space;
  const needed = neededGib(job, space);
  if (limitBytes === null || limitBytes >= needed * GIB) return null;
  const small = neededGib(job, { ...space, trapHandler: false });
  const smaller = trapHandler ? `, or set NODE_OPTIONS=${SMALL_FLAG}, with which ${small} GiB are enough` : '';
  return {
    reason:
      `address space is limited to ${(limitBytes / GIB).toFixed(1)} GiB (ulimit -v), too little for WebAssembly: ` +
      `Node reserves addresses, not memory, of about ${needed} GiB`,
    remedy: `raise the limit with ulimit -v unlimited (in a cluster's job, by its request for virtual memory)${smaller}`,
  };
}

/** @throws UserError where this process can't reserve what the job needs; asked first, since what fails later names something else */
export function assertAddressSpace(job: AddressedJob): void {
  const shortage = addressSpaceShortage(job, thisAddressSpace());
  if (shortage) throw new UserError(`${shortage.reason}; ${shortage.remedy}`);
}
