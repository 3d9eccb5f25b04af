import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCmcgan, type CmcganOptions } from '@cmcgan/model';
import { saveModel } from '@cmcgan/model/node';
import type { Dataset } from '@cmcgan/sub-urmp';

export interface MadeRun {
  variant?: string;
  seed?: number;
  checkpoint?: string;
  /** Options of the networks. */
  model?: CmcganOptions;
  /** These override the data's own. */
  manifestHash?: string;
  decibelRange?: Dataset['decibelRange'];
}

/** Makes a run folder like the trainer's, of a small untrained CMCGAN. Needs a backend. */
export async function makeRun(folder: string, dataset: Dataset, options: MadeRun = {}): Promise<string> {
  const { variant = 'cmcgan', seed = 1, checkpoint = 'last', model: networks = {} } = options;
  const checkpoints = join(folder, 'checkpoints', checkpoint);
  mkdirSync(checkpoints, { recursive: true });
  const model = createCmcgan({ width: 1 / 32, latentSize: 4, discriminator: { hiddenUnits: 4 }, ...networks, seed });
  await saveModel(model, checkpoints);
  const parameters = model.parameterCounts();
  model.dispose();
  const { manifestHash, classNames, decibelRange, splits } = dataset;
  const sha256 = createHash('sha256')
    .update(readFileSync(join(checkpoints, 'model.safetensors')))
    .digest('hex');
  const state = { format: 1, step: 7, epoch: 1, files: { 'model.safetensors': sha256 } };
  writeFileSync(join(checkpoints, 'training.json'), JSON.stringify(state));
  const config = {
    options: { preset: 'quick', variant, seed },
    data: {
      folder: dataset.folder,
      manifestHash: options.manifestHash ?? manifestHash,
      simulated: true,
      classNames,
      pairs: { train: splits.train.length, validation: splits.validation.length },
      decibelRange: options.decibelRange ?? decibelRange,
    },
    backend: 'cpu',
    parameters,
    environment: { node: process.version, gitCommit: null },
    startedAt: '2026-01-01T00:00:00.000Z',
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  return folder;
}
