/** Types of elements that collectives work on, with their arrays. */
const ARRAYS = { float32: Float32Array, float64: Float64Array, int32: Int32Array, uint8: Uint8Array } as const;

/** A type of elements that collectives work on. */
export type MpiElement = keyof typeof ARRAYS;

/** A typed array that collectives work on. Its memory may be shared (wasm with threads). */
export type MpiArray = Float32Array | Float64Array | Int32Array | Uint8Array;

/** An array of zeros. */
export const newArray = (element: MpiElement, length: number): MpiArray => new ARRAYS[element](length);

/** The type of an array's elements, subclasses (Buffer) included; undefined if it is not one of them. */
export function elementOf(values: MpiArray): MpiElement | undefined {
  const kind = Object.prototype.toString.call(values).slice(8, -1);
  return (Object.keys(ARRAYS) as MpiElement[]).find((element) => ARRAYS[element].name === kind);
}

/** MPI's predefined objects that we use. */
export type HandleName = 'world' | 'errorsReturn' | 'sum' | 'max' | MpiElement;

/** What differs between MPI libraries whose functions have the same names: how they represent handles, and a few constants. */
export interface Abi {
  /** C type of a handle. */
  readonly handleType: 'int' | 'intptr_t';
  /** Each handle's value, or the name of the variable whose address it is. */
  readonly handles: Readonly<Record<HandleName, number | string>>;
  /** MPI_IN_PLACE. */
  readonly inPlace: bigint;
  /** MPI_THREAD_SERIALIZED and MPI_THREAD_MULTIPLE. */
  readonly threads: { readonly serialized: number; readonly multiple: number };
}

/** Open MPI, 3 to 5 (mpi.h): handles are addresses of its variables. */
export const OPEN_MPI: Abi = {
  handleType: 'intptr_t',
  handles: {
    world: 'ompi_mpi_comm_world',
    errorsReturn: 'ompi_mpi_errors_return',
    sum: 'ompi_mpi_op_sum',
    max: 'ompi_mpi_op_max',
    float32: 'ompi_mpi_float',
    float64: 'ompi_mpi_double',
    int32: 'ompi_mpi_int32_t',
    uint8: 'ompi_mpi_uint8_t',
  },
  inPlace: 1n,
  threads: { serialized: 2, multiple: 3 },
};

/** MPICH 3 to 5, and what is compatible with it, such as Intel MPI and MVAPICH (mpi.h): handles are numbers. */
export const MPICH: Abi = {
  handleType: 'int',
  handles: {
    world: 0x44000000,
    errorsReturn: 0x54000001,
    sum: 0x58000003,
    max: 0x58000001,
    float32: 0x4c00040a,
    float64: 0x4c00080b,
    int32: 0x4c000439,
    uint8: 0x4c00013b,
  },
  inPlace: 2n ** 64n - 1n,
  threads: { serialized: 2, multiple: 3 },
};

/** The standard's own binary interface, from MPI 5.0 on (appendix A, "ABI"): handles are small numbers as wide as pointers. */
export const STANDARD: Abi = {
  handleType: 'intptr_t',
  handles: {
    world: 0x101,
    errorsReturn: 0x143,
    sum: 0x21,
    max: 0x23,
    float32: 0x210,
    float64: 0x214,
    int32: 0x250,
    uint8: 0x241,
  },
  inPlace: 1n,
  threads: { serialized: 2048, multiple: 4096 },
};
