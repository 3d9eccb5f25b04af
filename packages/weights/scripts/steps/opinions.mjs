import { loadSampleBatch } from '@cmcgan/classifier';
import { drawLatents } from '@cmcgan/model';
import { createRandom } from '@cmcgan/random';
import { dispose, logSoftmax, tidy } from '@tensorflow/tfjs-core';

const BATCH_SIZE = 20;

/** Calls `use` with batches of pairs: their images and sounds, both real, and `generate(direction, output)`, which makes one from the other. */
export async function forEachBatch({ model, data, pairs, seed }, use) {
  const random = createRandom(seed).fork('released latents');
  for (let start = 0; start < pairs.length; start += BATCH_SIZE) {
    const chunk = pairs.slice(start, start + BATCH_SIZE);
    const { images, sounds } = await loadSampleBatch(data, chunk, { modality: 'VA' });
    const { z } = drawLatents(['z'], { batchSize: chunk.length, latentSize: model.latentSize }, (_, count) =>
      Float32Array.from({ length: count }, () => random.normal()),
    );
    const generate = (modality, output = 'pathEnd', by = model) =>
      modality === 'V' ? by.generateImage(sounds, z, { output }) : by.generateSound(images, z, { output });
    await use({ images, sounds, generate, classIds: chunk.map(({ classId }) => classId) });
    dispose([images, sounds, z]);
  }
}

/** What a classifier says about a batch: log-probabilities, one array for each sample. */
export async function logProbabilities(classifier, samples) {
  const scores = tidy(() => logSoftmax(classifier.logits(samples)));
  const rows = await scores.array();
  scores.dispose();
  return rows.map((row) => Float32Array.from(row));
}

/** The opinions of both classifiers about pairs that are real, have a generated image, or have a generated sound. */
export async function collectOpinions({ V, A }, given) {
  const none = () => ({ V: [], A: [], classIds: [] });
  const opinions = { real: none(), generatedImage: none(), generatedSound: none() };
  await forEachBatch(given, async ({ images, sounds, generate, classIds }) => {
    const [image, sound] = [generate('V'), generate('A')];
    const samples = {
      real: { images, sounds },
      generatedImage: { images: image, sounds },
      generatedSound: { images, sounds: sound },
    };
    for (const [completion, into] of Object.entries(opinions)) {
      into.V.push(...(await logProbabilities(V, samples[completion])));
      into.A.push(...(await logProbabilities(A, samples[completion])));
      into.classIds.push(...classIds);
    }
    dispose([image, sound]);
  });
  return opinions;
}
