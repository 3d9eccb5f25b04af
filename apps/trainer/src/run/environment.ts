import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { version_core as tensorflowJsVersion } from '@tensorflow/tfjs-core';

/** What a run ran on: enough to run it again. */
export interface Environment {
  readonly trainer: string;
  readonly node: string;
  readonly tensorflowJs: string;
  readonly platform: string;
  readonly processor: string;
  readonly cores: number;
  /** Of the repository that the trainer runs from; null outside of one. */
  readonly gitCommit: string | null;
}

function gitCommit(folder: string): string | null {
  try {
    const output = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
    return output.toString().trim();
  } catch {
    return null; // no git, or no repository: a run needs neither
  }
}

/** Describes this machine and this trainer. `sourceFolder`: where the trainer's own code lies. */
export function describeEnvironment(sourceFolder: string, trainerVersion: string): Environment {
  const processors = cpus();
  return {
    trainer: trainerVersion,
    node: process.version,
    tensorflowJs: tensorflowJsVersion,
    platform: `${process.platform}-${process.arch}`,
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    gitCommit: gitCommit(sourceFolder),
  };
}
