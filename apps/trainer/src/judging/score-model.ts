import { scorePredictions, type Accuracy, type Judge } from '@cmcgan/classifier';
import type { Modality, Way } from '@cmcgan/model';
import type { Sample } from '@cmcgan/sub-urmp';
import { imageTensor, soundTensor } from '@cmcgan/training';
import { generateSamples, type Generator } from '../generation/generate-samples';

/** Samples per batch: affects memory only, not the result. */
const BATCH_SIZE = 32;

/** The way that the paper evaluates from a modality: to the path's end if the model has one. */
export function evaluatedWay(ways: readonly Way[], from: Modality): Way | undefined {
  const own = ways.filter((way) => way.from === from);
  return own.find(({ output }) => output === 'pathEnd') ?? own[0];
}

/** Generates from real samples along `way` and has the judge classify the results. The same seed gives the same latents. */
export async function scoreWay(
  { judge, model, samples, seed }: { judge: Judge; model: Generator; samples: readonly Sample[]; seed: number },
  way: Way,
): Promise<Accuracy> {
  const given = samples.map(({ image, sound }) => (way.from === 'V' ? image : sound));
  const generated = await generateSamples(model, { samples: given, seed }, way);
  const predicted: number[] = [];
  for (let start = 0; start < generated.length; start += BATCH_SIZE) {
    predicted.push(...(await predict(judge, generated.slice(start, start + BATCH_SIZE), way)));
  }
  const actual = samples.map(({ classId }) => classId);
  const { accuracy, correct, n, interval } = scorePredictions(actual, predicted, judge.classNames.length);
  return { accuracy, correct, n, interval };
}

/** The class ids that the judge predicts for a batch of generated samples. */
async function predict({ V, A }: Judge, generated: readonly Float32Array[], { from }: Way): Promise<Int32Array> {
  const joined = new Float32Array(generated.length * generated[0].length);
  generated.forEach((values, index) => joined.set(values, index * values.length));
  const tensor = (from === 'A' ? imageTensor : soundTensor)(joined, generated.length);
  try {
    return await (from === 'A' ? V.classifier.predict({ images: tensor }) : A.classifier.predict({ sounds: tensor }));
  } finally {
    tensor.dispose();
  }
}
