import type { KernelContext } from '../context';

let special: KernelContext | undefined;

/** The context for kernels that run now: that of a recording which is being made or replayed, else the usual one. */
export const contextInUse = (usual: KernelContext): KernelContext => special ?? usual;

/** Runs kernels with a context; with undefined, with the usual one. */
export function withContext<T>(context: KernelContext | undefined, run: () => T): T {
  const before = special;
  special = context;
  try {
    return run();
  } finally {
    special = before;
  }
}
