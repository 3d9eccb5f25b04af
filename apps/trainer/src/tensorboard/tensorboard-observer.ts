import { readFile } from 'node:fs/promises';
import { readWav } from '@cmcgan/audio-features';
import { decodeImage } from '@cmcgan/image-io';
import {
  createEventFile,
  epochInProgress,
  type EventContent,
  type EventFile,
  type EventImage,
  type EventSound,
  type JudgedScore,
  type StepRecord,
  type TrainingFacts,
} from '@cmcgan/training/node';
import { readSamples } from '../report/read-samples';
import type { RunFacts } from '../training/run';
import type { RunObserver } from '../training/run-observer';

const MIB = 2 ** 20;

/** The scalars of a step: losses as `<network>/<part>`, learning rates, speed, memory. */
function stepScalars(
  { learningRates }: Pick<TrainingFacts, 'learningRates'>,
  { losses, stepMs, pairsPerSecond, residentBytes, ranks }: StepRecord,
): EventContent {
  const { generator, discriminator } = learningRates();
  const parts = Object.entries(losses).flatMap(([network, values]: [string, Record<string, number>]) =>
    Object.entries(values).map(([part, value]) => [`${network}/${part}`, value]),
  );
  return {
    scalars: {
      ...(Object.fromEntries(parts) as Record<string, number>),
      'learning_rate/generator': generator,
      'learning_rate/discriminator': discriminator,
      'speed/step_ms': stepMs,
      'speed/pairs_per_second': pairsPerSecond,
      'memory/resident_mib': residentBytes / MIB,
      ...(ranks && {
        'ranks/slowest_ms': ranks.slowestMs,
        'ranks/fastest_ms': ranks.fastestMs,
        'ranks/exchange_ms': ranks.exchangeMs,
      }),
    },
  };
}

/** The judge's accuracies, for the directions that the model has. */
function judgeScalars({ score, soundToImage, imageToSound }: Pick<JudgedScore, 'score' | 'soundToImage' | 'imageToSound'>) {
  return {
    'judge/score': score,
    ...(soundToImage && { 'judge/sound_to_image': soundToImage.accuracy }),
    ...(imageToSound && { 'judge/image_to_sound': imageToSound.accuracy }),
  };
}

async function eventImage(path: string): Promise<EventImage> {
  const encoded = await readFile(path);
  const { width, height } = await decodeImage(encoded, { size: 'original', name: path });
  return { width, height, encoded };
}

async function eventSound(path: string): Promise<EventSound> {
  const encoded = await readFile(path);
  const { samples, sampleRateHz } = readWav(encoded, { name: path });
  return { sampleRateHz, length: samples[0].length, encoded };
}

/** The grids and the sounds of one epoch, from samples/. */
async function epochSamples(samplesFolder: string, epoch: number): Promise<EventContent[]> {
  const { soundToImage, imageToSound, sounds } = await readSamples(samplesFolder);
  const images: Record<string, EventImage> = {};
  for (const [tag, files] of Object.entries({ pictures_from_sounds: soundToImage, sounds_from_pictures: imageToSound })) {
    const grid = files.find((file) => file.epoch === epoch);
    if (grid) images[`samples/${tag}`] = await eventImage(grid.path);
  }
  const generated: Record<string, EventSound> = {};
  for (const [instrument, files] of sounds) {
    const sound = files.find((file) => file.epoch === epoch);
    if (sound) generated[`generated_sound/${instrument}`] = await eventSound(sound.path);
  }
  return [{ images }, { sounds: generated }];
}

async function trueSounds(samplesFolder: string): Promise<EventContent> {
  const sounds: Record<string, EventSound> = {};
  for (const [instrument, path] of (await readSamples(samplesFolder)).trueSounds) {
    sounds[`true_sound/${instrument}`] = await eventSound(path);
  }
  return { sounds };
}

/** Creates an observer that writes losses, learning rates, speed, memory, grids (as JPEGs) and sounds of a run for TensorBoard. */
export function createTensorboardObserver({ folder }: Pick<RunFacts, 'folder'>, wallMs: () => number = Date.now): RunObserver {
  let events: EventFile | undefined;
  return {
    async start(_run, { step }) {
      events = await createEventFile(folder.path, { firstStep: step + 1, wallMs });
      if (step === 0) await events.write(0, await trueSounds(folder.samples));
    },
    async afterStep(run, { step }, record) {
      await events?.write(step, stepScalars(run, record));
    },
    async afterScore({ step }, { score, soundToImage, imageToSound }) {
      await events?.write(step, { scalars: judgeScalars({ score, soundToImage, imageToSound }) });
    },
    async afterEpoch({ stepsPerEpoch }, position) {
      await events?.write(position.step, ...(await epochSamples(folder.samples, epochInProgress(position, stepsPerEpoch))));
    },
    async finish() {
      await events?.close();
    },
  };
}
