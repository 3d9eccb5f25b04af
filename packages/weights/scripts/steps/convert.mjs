import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromSafetensors, toSafetensors } from '@cmcgan/model';

const CLASSIFIERS = ['image', 'sound'];
/** Options that say where a run lay and what it ran on, not what it computed. */
const PLACES = ['out', 'data', 'initFrom', 'threads', 'graceSeconds', 'stallSeconds'];
const readJson = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));
const asJson = (value) => `${JSON.stringify(value, null, 2)}\n`;

/** Writes a model's two files in half precision. */
function write(folder, { config, tensors, metadata }) {
  const weights = toSafetensors(tensors, metadata, { dtype: 'F16' });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'model.safetensors'), weights);
  const weightsSha256 = createHash('sha256').update(weights).digest('hex');
  writeFileSync(join(folder, 'config.json'), asJson('weightsSha256' in config ? { ...config, weightsSha256 } : config));
}

/** How the generator was made: free text by key, as safetensors keeps it. Nothing in it depends on where the files lay. */
export function provenanceOf({ config, training, checkpoint, earlier }) {
  const { options, environment, backend, data: facts } = config;
  const computing = Object.entries(options).filter(([name]) => !PLACES.includes(name));
  return {
    ...{ format: 'cmcgan', licence: 'MIT', data: 'simulated musicians', dataHash: facts.manifestHash },
    ...{ pairs: JSON.stringify({ ...facts.pairs, heldBack: facts.heldPairs }) },
    ...{ seed: String(options.seed), steps: String(training.step), epochs: String(training.epoch), checkpoint: checkpoint.name },
    ...{
      options: JSON.stringify({ ...Object.fromEntries(computing), data: options.data.simulated }),
      backend: backend.replace(/\d+ threads?/, 'any threads'),
    },
    versions: JSON.stringify({ trainer: environment.trainer, tensorflowJs: environment.tensorflowJs, node: environment.node }),
    ...(earlier === null ? {} : { startedFrom: JSON.stringify(provenanceOf(earlier)) }),
    ...(environment.gitCommit === null ? {} : { gitCommit: environment.gitCommit }),
  };
}

/** Converts the checkpoint, without its discriminator, and the classifiers of a run to half precision, with their provenance. */
export async function convert(opened, out) {
  const { folder } = opened.checkpoint;
  const { tensors } = fromSafetensors(readFileSync(join(folder, 'model.safetensors')));
  const generating = Object.fromEntries(Object.entries(tensors).filter(([name]) => !name.startsWith('discriminator.')));
  write(out, { config: readJson(folder, 'config.json'), tensors: generating, metadata: provenanceOf(opened) });
  for (const name of CLASSIFIERS) {
    const { tensors, metadata } = fromSafetensors(readFileSync(join(opened.parts, name, 'model.safetensors')));
    const config = readJson(opened.parts, name, 'config.json');
    const { seed, steps, data } = config.provenance;
    const made = { licence: 'MIT', dataHash: data.manifestHash, seed: String(seed), steps: String(steps) };
    write(join(out, 'classifier', name), { config, tensors, metadata: { ...metadata, ...made } });
  }
  writeFileSync(join(out, 'classifier', 'pool.json'), readFileSync(join(opened.parts, 'pool.json')));
}
