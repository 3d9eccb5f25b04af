import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCheckpoint, loadModel } from '@cmcgan/model/node';
import { openDataset, splitPart } from '@cmcgan/sub-urmp';

/** The share of each class's songs that the trainer sets aside to choose the best epoch. */
const HELD_SHARE = 0.05;

const readJson = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));

/** What describes a run and its best checkpoint, and the run that it started from, if any. */
async function describeRun(run) {
  const checkpoint = await findCheckpoint(run);
  const config = readJson(run, 'config.json');
  const { initFrom } = config.options;
  const earlier = initFrom === null ? null : await describeRun(initFrom);
  if (earlier && earlier.config.data.manifestHash !== config.data.manifestHash) {
    throw new Error(`openRun: ${run} must have the data of the run that it started from, ${initFrom}, but their hash differs`);
  }
  return { checkpoint, config, training: readJson(checkpoint.folder, 'training.json'), earlier };
}

/**
 * Opens a run: its best checkpoint (while there is none, its last), its pairs, and what describes them.
 *
 * @returns `trained` are the pairs that the generator was trained on, `held` those that it was not; the data's validation pairs were not used at all
 */
export async function openRun(run) {
  const described = await describeRun(run);
  const { checkpoint, config } = described;
  const model = await loadModel(checkpoint.folder);
  const data = await openDataset(join(run, 'simulated-data'), { decibelRange: model.config.decibelRange });
  if (data.manifestHash !== config.data.manifestHash) {
    throw new Error(`openRun: ${data.folder} must hold the data that the run was trained on, but their hash differs`);
  }
  const { part, rest } = splitPart(data.splits.train, { share: HELD_SHARE, seed: config.options.seed });
  if (part.length !== config.data.heldPairs) {
    throw new Error(`openRun: the run must have set ${part.length} pairs aside, but it has set ${config.data.heldPairs} aside`);
  }
  return { run, ...described, model, data, trained: rest, held: part, parts: join(run, 'released') };
}
