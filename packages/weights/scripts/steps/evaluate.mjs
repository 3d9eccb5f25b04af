import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accuracyOf, calibrationError, poolOpinions, scorePredictions } from '@cmcgan/classifier';
import { loadClassifier, loadJudge } from '@cmcgan/classifier/node';
import { loadModel } from '@cmcgan/model/node';
import { abs, dispose, max, sub, tidy } from '@tensorflow/tfjs-core';
import { collectOpinions, forEachBatch } from './opinions.mjs';

const short = ({ accuracy, correct, n, interval }) => ({ accuracy, correct, n, interval });

/** Measures the released files on the validation pairs, which no training and no choice has used, and writes figures.json beside them. */
export async function evaluate({ run, model, config, training, checkpoint, earlier, data }, out) {
  const released = await loadModel(out);
  const pairs = data.splits.validation;
  const given = { data, pairs, seed: config.options.seed };
  const judge = await loadJudge(join(run, 'judge'));
  const generated = await judged({ judge, released, full: model, ...given });
  const ending = existsSync(join(run, 'ending.json')) ? JSON.parse(readFileSync(join(run, 'ending.json'), 'utf8')) : null;
  const figures = {
    run: {
      ...{ steps: training.step, epochs: training.epoch, checkpoint: checkpoint.name, finished: ending?.reason === 'epochs' },
      ...{
        plannedEpochs: config.options.epochs,
        seed: config.options.seed,
        dataHash: data.manifestHash,
        pairs: config.data.pairs,
      },
      ...{
        heldBack: config.data.heldPairs,
        minutes: Math.round(training.trainedMs / 60_000),
        earlier: earlier && {
          steps: earlier.training.step,
          minutes: Math.round(earlier.training.trainedMs / 60_000),
          backend: earlier.config.backend,
        },
        backend: config.backend,
        node: config.environment.node,
      },
    },
    judge: { images: short(judge.V.provenance.validation), sounds: short(judge.A.provenance.validation) },
    ...generated,
    classifiers: await classified({ released, out, ...given }),
  };
  writeFileSync(join(out, 'figures.json'), `${JSON.stringify(figures, null, 2)}\n`);
  judge.dispose();
  released.dispose();
}

/** What the run's judge, which is no part of the release, takes generated samples for; and how much half precision changes them. */
async function judged({ judge, released, full, ...given }) {
  const predicted = { images: { pathEnd: [], direct: [] }, sounds: { pathEnd: [], direct: [] } };
  const halfPrecision = { images: 0, sounds: 0 };
  const actual = [];
  await forEachBatch({ model: released, ...given }, async ({ generate, classIds }) => {
    actual.push(...classIds);
    for (const [name, modality] of [
      ['images', 'V'],
      ['sounds', 'A'],
    ]) {
      for (const output of ['pathEnd', 'direct']) {
        const samples = generate(modality, output);
        predicted[name][output].push(...(await judge[modality].classifier.predict({ [name]: samples })));
        if (output === 'pathEnd')
          halfPrecision[name] = Math.max(halfPrecision[name], largestDifference(samples, generate(modality, output, full)));
        dispose(samples);
      }
    }
  });
  const score = (answers) => scorePredictions(actual, answers, judge.classNames.length);
  const correctByClass = ({ perClass }) => Object.fromEntries(perClass.map(({ correct }, id) => [judge.classNames[id], correct]));
  const scores = ({ pathEnd, direct }) => ({
    ...{ pathEnd: short(score(pathEnd)), direct: short(score(direct)), correctByClass: correctByClass(score(pathEnd)) },
  });
  return { imagesFromSounds: scores(predicted.images), soundsFromImages: scores(predicted.sounds), halfPrecision };
}

/** Largest absolute difference, on the scale from -1 to 1; disposes of the second tensor. */
function largestDifference(a, b) {
  const [value] = tidy(() => max(abs(sub(a, b)))).dataSync();
  dispose(b);
  return value;
}

/** The released classifiers, each alone and pooled, on real pairs, with a generated image, and with a generated sound. */
async function classified({ released, out, ...given }) {
  const [V, A] = await Promise.all(['image', 'sound'].map((name) => loadClassifier(join(out, 'classifier', name))));
  const { weights } = JSON.parse(readFileSync(join(out, 'classifier', 'pool.json'), 'utf8'));
  const opinions = await collectOpinions({ V: V.classifier, A: A.classifier }, { model: released, ...given });
  const scoreOf = (rows, classIds) => {
    const correct = rows.filter((row, i) => row.indexOf(Math.max(...row)) === classIds[i]).length;
    return { ...accuracyOf(correct, classIds.length), calibrationError: calibrationError(rows, classIds) };
  };
  const pooled = Object.entries(opinions).map(([completion, { V, A, classIds }]) => [
    completion,
    scoreOf(poolOpinions({ V, A }, weights[completion]), classIds),
  ]);
  const { real, generatedImage, generatedSound } = opinions;
  const generated = {
    images: scoreOf(generatedImage.V, generatedImage.classIds),
    sounds: scoreOf(generatedSound.A, generatedSound.classIds),
  };
  for (const { classifier } of [V, A]) classifier.dispose();
  return {
    image: scoreOf(real.V, real.classIds),
    sound: scoreOf(real.A, real.classIds),
    generated,
    pool: { weights, ...Object.fromEntries(pooled) },
  };
}
