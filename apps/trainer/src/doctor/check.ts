import type { DatasetCheck } from '@cmcgan/sub-urmp';
import type { AddressSpace } from '@cmcgan/command-line';
import type { Backend } from '@cmcgan/backends';

/** What a check may look at: the machine, or a faked one. */
export interface Machine {
  /** As `process.versions.node`: "20.19.0". */
  readonly nodeVersion: string;
  readonly processor: string;
  readonly cores: number;
  /** Memory that programs can still be given, in bytes. */
  readonly availableBytes: number;
  readonly totalBytes: number;
  readonly addressSpace: AddressSpace;
  /** Environment variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly backends: readonly Backend[];
  exists(path: string): boolean;
  /** Names in a folder; none where there is no folder. */
  list(folder: string): readonly string[];
  /** Whether npm's package is installed where the trainer finds it. */
  hasPackage(name: string): boolean;
  /** What a program writes; null where it is missing or fails. */
  run(program: string, words: readonly string[]): Promise<string | null>;
  /** Free bytes of the disk that a folder lies on. */
  freeDiskBytes(folder: string): Promise<number>;
  /** Writes a file into a folder and removes it; throws where it can't. */
  probe(folder: string): Promise<void>;
  /** Draws a picture, encodes and decodes it; throws where that fails. */
  tryPictures(): Promise<void>;
  /** Starts a backend, computes something, stops it; resolves to what it is. Throws where it fails. */
  tryBackend(name: string): Promise<string>;
  checkData(folder: string): Promise<DatasetCheck>;
}

/** What the default job would be. */
export interface Job {
  /** Folder that run folders are made in, absolute. */
  readonly runsFolder: string;
  /** Data folder, absolute; null: musicians are simulated. */
  readonly dataFolder: string | null;
}

/** `absent`: optional and not there; `warning`: works, but; `fails`: the default job cannot run. */
export type FindingState = 'works' | 'absent' | 'warning' | 'fails';

/** One line of the doctor's. */
export interface Finding {
  readonly name: string;
  readonly state: FindingState;
  readonly detail: string;
  /** What to do about it, where something is to be done. */
  readonly remedy?: string;
}

/** One thing to look at. What it throws counts as a finding that fails. */
export interface Check {
  readonly name: string;
  run(machine: Machine, job: Job): Promise<readonly Finding[]> | readonly Finding[];
}
