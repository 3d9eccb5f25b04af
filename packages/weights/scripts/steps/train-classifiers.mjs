import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { trainNewClassifier } from '@cmcgan/classifier';
import { saveClassifier } from '@cmcgan/classifier/node';
import { fitPool } from './fit-pool.mjs';

/** A sixteenth of the paper's width is enough to tell simulated musicians apart; sounds are harder than pictures. */
const WIDTH = 1 / 16;
const STEPS = { V: 400, A: 1_200 };
/** At most so many passes over the pairs, which matters for a handful of them. */
const MOST_PASSES = 32;
const FOLDERS = { V: 'image', A: 'sound' };

/** Trains the image and the sound classifier on the generator's training pairs, and fits how much each counts on pairs that none has seen. */
export async function trainClassifiers(opened) {
  for (const modality of ['V', 'A']) await trainOne(modality, opened);
  const file = join(opened.parts, 'pool.json');
  mkdirSync(opened.parts, { recursive: true });
  writeFileSync(file, `${JSON.stringify(await fitPool(opened), null, 2)}\n`);
}

async function trainOne(modality, { data, trained, config, parts }) {
  const folder = join(parts, FOLDERS[modality]);
  if (existsSync(join(folder, 'config.json'))) return;
  const { seed } = config.options;
  const steps = Math.min(STEPS[modality], MOST_PASSES * Math.ceil(trained.length / 16));
  const result = await trainNewClassifier({
    ...{ architecture: { modality, width: WIDTH }, data, pairs: trained, seed, steps },
    validationPairs: data.splits.validation,
    async onProgress({ step, loss }) {
      if (step % 100 === 0) console.log(`${FOLDERS[modality]} classifier: step ${step}/${steps}, loss ${loss.toFixed(3)}`);
      await setImmediate(); // lets Ctrl-C in
    },
  });
  await saveClassifier(result, folder);
  result.classifier.dispose();
}
