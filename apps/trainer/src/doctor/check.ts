import type { DatasetCheck } from '@cmcgan/sub-urmp';
import type { AddressSpace } from '@cmcgan/command-line';
import type { Backend } from '@cmcgan/backends';
import type { MpiDescription } from '@cmcgan/mpi';

/** What checks inspect: this machine, or a fake one. */
export interface Machine {
  /** As `process.versions.node`: "20.19.0". */
  readonly nodeVersion: string;
  readonly processor: string;
  readonly cores: number;
  /** Memory available to programs, in bytes. */
  readonly availableBytes: number;
  readonly totalBytes: number;
  readonly addressSpace: AddressSpace;
  /** Environment variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly backends: readonly Backend[];
  exists(path: string): boolean;
  /** Names in a folder; none if it does not exist. */
  list(folder: string): readonly string[];
  /** Whether an npm package is installed where the trainer finds it. */
  hasPackage(name: string): boolean;
  /** What a program writes to stdout; null if it is missing or fails. */
  run(program: string, words: readonly string[]): Promise<string | null>;
  /** Free bytes of the disk that a folder lies on. */
  freeDiskBytes(folder: string): Promise<number>;
  /** Writes a file into a folder and removes it; throws on failure. */
  probe(folder: string): Promise<void>;
  /** Encodes and decodes a small picture; throws on failure. */
  tryPictures(): Promise<void>;
  /** Starts a backend, computes something, stops it; resolves to the backend's description. Throws on failure. */
  tryBackend(name: string): Promise<string>;
  /** The MPI libraries and the launcher that started this process. */
  findMpi(): Promise<MpiDescription>;
  checkData(folder: string): Promise<DatasetCheck>;
}

/** Folders of the default run. */
export interface Job {
  /** Folder in which run folders are created, absolute. */
  readonly runsFolder: string;
  /** Data folder, absolute; null: musicians are simulated. */
  readonly dataFolder: string | null;
}

/** `absent`: optional and missing; `warning`: works with a limitation; `fails`: a default run is impossible. */
export type FindingState = 'works' | 'absent' | 'warning' | 'fails';

/** One line of the doctor's report. */
export interface Finding {
  readonly name: string;
  readonly state: FindingState;
  readonly detail: string;
  /** How to fix it, if it needs fixing. */
  readonly remedy?: string;
}

/** One check. An error that it throws counts as a failure. */
export interface Check {
  readonly name: string;
  run(machine: Machine, job: Job): Promise<readonly Finding[]> | readonly Finding[];
}
