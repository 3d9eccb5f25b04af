import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import type { Environment } from '@cmcgan/training/node';
import { version_core as tensorflowJsVersion } from '@tensorflow/tfjs-core';

function gitCommit(folder: string): string | null {
  try {
    const output = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
    return output.toString().trim();
  } catch {
    return null; // no git, or not a repository, which is fine
  }
}

/** Describes this machine and this trainer. `sourceFolder` holds the trainer's code. */
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
