import type { HandleName, MpiArray } from './abi';
import type { OpenLibrary } from './library';

/** An argument of a C function: a count, an address, a handle or an array, which is passed by reference. */
export type Argument = number | bigint | MpiArray | null;

const [INT, POINTER, HANDLE] = ['int', 'void *', 'handle'];

/** Parameter types of the functions that we call; `handle` is the library's type of handles. All return an error code. */
const SIGNATURES = {
  MPI_Initialized: [POINTER],
  MPI_Init_thread: [POINTER, POINTER, INT, POINTER],
  MPI_Query_thread: [POINTER],
  MPI_Finalize: [],
  MPI_Abort: [HANDLE, INT],
  MPI_Comm_set_errhandler: [HANDLE, HANDLE],
  MPI_Error_string: [INT, POINTER, POINTER],
  MPI_Comm_rank: [HANDLE, POINTER],
  MPI_Comm_size: [HANDLE, POINTER],
  MPI_Barrier: [HANDLE],
  MPI_Bcast: [POINTER, INT, HANDLE, INT, HANDLE],
  MPI_Allreduce: [POINTER, POINTER, INT, HANDLE, HANDLE, HANDLE],
  MPI_Allgather: [POINTER, INT, HANDLE, POINTER, INT, HANDLE, HANDLE],
  MPI_Allgatherv: [POINTER, INT, HANDLE, POINTER, POINTER, POINTER, HANDLE, HANDLE],
  MPI_Gatherv: [POINTER, INT, HANDLE, POINTER, POINTER, POINTER, HANDLE, INT, HANDLE],
  MPI_Alltoallv: [POINTER, POINTER, POINTER, HANDLE, POINTER, POINTER, POINTER, HANDLE, HANDLE],
  MPI_Reduce_local: [POINTER, POINTER, INT, HANDLE, HANDLE],
} as const;

/** An MPI function that we call. */
export type FunctionName = keyof typeof SIGNATURES;

/** The functions of a loaded library. */
export interface MpiFunctions {
  /** Calls a function on this thread; throws its message if it fails. */
  call(name: FunctionName, ...args: Argument[]): void;
  /** Calls a function on a thread of its own. Its arrays must stay where they are until the promise settles. */
  callOnThread(name: FunctionName, ...args: Argument[]): Promise<void>;
  readonly handles: Readonly<Record<HandleName, number | bigint>>;
}

/** Binds the functions and handles of a library. */
export function bind({ koffi, handle: library, abi }: OpenLibrary): MpiFunctions {
  const type = (name: string) => (name === HANDLE ? abi.handleType : name);
  const functions = Object.fromEntries(
    Object.entries(SIGNATURES).map(([name, parameters]) => [name, library.func(name, INT, parameters.map(type))]),
  );
  const handles = Object.fromEntries(
    Object.entries(abi.handles).map(([name, value]) => [name, typeof value === 'number' ? value : library.symbol(value)]),
  ) as MpiFunctions['handles'];
  // typed arrays go as addresses, since koffi would refuse one in shared memory
  const convert = (args: Argument[]) => args.map((each) => (ArrayBuffer.isView(each) ? koffi.address(each) : each));
  const check = (name: FunctionName, code: number) => {
    if (code === 0) return;
    const [text, length] = [Buffer.alloc(8192), new Int32Array(1)];
    functions.MPI_Error_string(code, text, length);
    throw new Error(`${name} failed: ${text.toString('latin1', 0, length[0]) || `error code ${code}`}`);
  };
  return {
    handles,
    call: (name, ...args) => check(name, functions[name](...convert(args)) as number),
    callOnThread: (name, ...args) =>
      new Promise((resolve, reject) => {
        functions[name].async(...convert(args), (error: Error | null, code: number) => {
          args.length = 0; // up to here, their memory is in use
          try {
            if (error) throw error;
            resolve(check(name, code));
          } catch (failure) {
            reject(failure as Error);
          }
        });
      }),
  };
}
