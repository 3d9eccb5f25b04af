export type { MpiArray } from './abi';
export { connect, describeMpi, type ConnectOptions, type MpiDescription } from './connect';
export type { Launcher, MpiFamily } from './launcher';
export type { MpiLibrary } from './library';
export type { Mpi, ReduceOptions } from './mpi';
