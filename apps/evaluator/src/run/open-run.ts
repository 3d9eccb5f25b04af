import { basename, dirname } from 'node:path';
import type { LoadedModel } from '@cmcgan/model/node';
import { loadModel } from '@cmcgan/model/node';
import { findCheckpoint, type CheckpointInfo } from './find-checkpoint';
import { readRunConfig, type RunConfig } from './run-config';

/** A trained run, its generator ready. The caller disposes of the model. */
export interface OpenRun {
  readonly folder: string;
  /** What the report calls it: the folder's name. */
  readonly name: string;
  /** The trainer's variant: cmcgan, s2ic, … */
  readonly variant: string;
  readonly config: RunConfig;
  readonly checkpoint: CheckpointInfo;
  readonly model: LoadedModel;
}

/** Opens a run folder's best checkpoint (else its last), or the one named. */
export async function openRun(folder: string, checkpointName?: string): Promise<OpenRun> {
  const config = await readRunConfig(folder);
  const checkpoint = await findCheckpoint(folder, checkpointName);
  const model = await loadModel(checkpoint.folder);
  const name = basename(folder) === 'run' ? basename(dirname(folder)) : basename(folder);
  return { folder, name, variant: config.options.variant, config, checkpoint, model };
}
