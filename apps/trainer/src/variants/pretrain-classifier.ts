import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { CLASSIFIER_AUGMENTATIONS, trainNewClassifier, type TrainedClassifier } from '@cmcgan/classifier';
import { loadClassifier, saveClassifier } from '@cmcgan/classifier/node';
import type { ChenConfig, ChenGan } from '@cmcgan/model';
import { copyTensors } from '@cmcgan/training';
import { describeError, UserError } from '@cmcgan/command-line';
import type { TrainerOptions } from '../options/trainer-options';
import { startingWith, type PreparedRun } from './pretraining';

const NAMES = { V: 'image', A: 'sound' } as const;

/**
 * Copies the convolutions of a classifier of its modality to φ of S2IC or I2S: the classifier of --feature-classifier, the run's own if it
 * has been trained already, or one trained now on the run's training pairs and saved with the run.
 */
export async function pretrainClassifier(model: ChenGan, run: PreparedRun, options: TrainerOptions): Promise<void> {
  const own = run.folder.featureClassifier;
  const folder = options.baseline.featureClassifier ?? (existsSync(join(own, 'config.json')) ? own : null);
  const trained = folder === null ? await train(model, run, { options, own }) : await loadClassifier(folder);
  const { classifier } = trained;
  try {
    assertFits(model.config, trained, folder ?? own);
    const trunk = `trunk${model.config.from}.`;
    const named = Object.entries(startingWith(classifier.tensors(), trunk));
    const renamed = Object.fromEntries(named.map(([name, tensor]) => [`feature.${name.slice(trunk.length)}`, tensor]));
    copyTensors(renamed, startingWith(model.tensors(), 'feature.'));
  } finally {
    classifier.dispose();
  }
}

async function train(
  { config }: ChenGan,
  { dataset, progress }: PreparedRun,
  { options, own }: { options: TrainerOptions; own: string },
): Promise<TrainedClassifier> {
  const { batchSize, seed, classifierAugmentation } = options;
  const { pretrainingSteps: steps } = options.baseline;
  progress.note(`First training the ${NAMES[config.from]} classifier whose feature is generated from: ${steps} steps`);
  const trained = await trainNewClassifier({
    architecture: { modality: config.from, width: config.width, featureSize: config.featureSize },
    data: dataset,
    pairs: dataset.splits.train,
    validationPairs: dataset.splits.validation,
    ...{ steps, batchSize, seed, augmentation: CLASSIFIER_AUGMENTATIONS[classifierAugmentation] },
    async onProgress({ step, loss }) {
      progress.status(`classifier ${step}/${steps}, loss ${loss.toFixed(3)}`);
      await setImmediate(); // lets signals in
    },
  });
  await saveClassifier(trained, own);
  const { validation } = trained.provenance;
  if (validation)
    progress.note(`It classifies ${validation.correct} of ${validation.n} validation ${NAMES[config.from]}s correctly`);
  return trained;
}

/** Throws unless the classifier of --feature-classifier can be read and has the architecture that `config` needs. */
export async function assertFeatureClassifier(folder: string, config: ChenConfig): Promise<void> {
  const trained = await loadClassifier(folder).catch((error: unknown) => {
    throw new UserError(`--feature-classifier ${folder} cannot be used: ${describeError(error)}`, undefined, { cause: error });
  });
  trained.classifier.dispose();
  assertFits(config, trained, folder);
}

function assertFits(config: ChenConfig, { classifier }: TrainedClassifier, folder: string): void {
  const { modality, width, featureSize } = classifier.config;
  const wanted = { modality: config.from, width: config.width, featureSize: config.featureSize };
  for (const [key, value] of Object.entries(wanted)) {
    const got = { modality, width, featureSize }[key as keyof typeof wanted];
    if (got !== value) throw new UserError(`the classifier in ${folder} must have the ${key} ${value}, got ${got}`);
  }
}
