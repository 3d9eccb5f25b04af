import type { MpiArray } from './abi';
import type { Mpi } from './mpi';
import { checkedArray, checkedRoot } from './check-arguments';

/** A process that was started alone: rank 0 of 1. Collectives check their arguments and change nothing. */
export const LONE: Mpi = {
  rank: 0,
  size: 1,
  localRank: 0,
  localSize: 1,
  allReduce: async (values) => void checkedArray('allReduce', values),
  broadcast: async (values, root = 0) => void (checkedArray('broadcast', values), checkedRoot('broadcast', root, 1)),
  gather: async <T extends MpiArray>(values: T, root = 0) => {
    checkedRoot('gather', root, 1);
    checkedArray('gather', values);
    return [values.slice() as T];
  },
  barrier: async () => {},
  abort: () => {},
  finalize: async () => {},
};
