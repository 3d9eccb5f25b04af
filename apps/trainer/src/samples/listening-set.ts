import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { endOf, type CrossModalModel } from '@cmcgan/model';
import type { Dataset } from '@cmcgan/sub-urmp';
import { generateSamples } from '../generation/generate-samples';
import { thinOut } from '../report/thin-out';
import { choosePairs } from './choose-pairs';
import { waysFrom } from './generate-both-ways';
import { instrumentFileName, SAMPLE_FOLDERS } from './sample-folders';
import { writeGeneratedSound, writeRecording } from './sound-files';

/** The most instruments: 13, with two pairs each and three sounds per pair, make a report of five megabytes. */
const MAX_INSTRUMENTS = 13;

/**
 * Writes what the report plays: the recordings of `pairsPerClass` pairs of each instrument, and what the model generates from their pictures along each way, as
 * `listening/<instrument>-<number>-<true or the way's role>.wav`, in place of an earlier set. Nothing for a model that generates no sounds.
 */
export async function writeListeningSet(
  model: CrossModalModel,
  dataset: Dataset,
  { folder, seed, pairsPerClass }: { folder: string; seed: number; pairsPerClass: number },
): Promise<void> {
  const ways = waysFrom(model, 'V');
  if (ways.length === 0) return;
  const shown = thinOut([...dataset.classNames.keys()], MAX_INSTRUMENTS);
  const pairs = choosePairs(dataset, seed, pairsPerClass).filter(({ classId }) => shown.includes(classId));
  const listening = join(folder, SAMPLE_FOLDERS.listening);
  await mkdir(listening, { recursive: true });
  const range = dataset.decibelRange;
  const names = pairs.map(({ classId, instrument }, index) => {
    const number = pairs.slice(0, index + 1).filter((pair) => pair.classId === classId).length;
    return `${instrumentFileName(instrument)}-${number}`;
  });
  const pathOf = (index: number, what: string) => join(listening, `${names[index]}-${what}.wav`);
  for (const [index, { soundPath }] of pairs.entries()) await writeRecording(soundPath, { path: pathOf(index, 'true'), range });
  const samples = await Promise.all(pairs.map(async (pair) => (await dataset.load(pair)).image));
  for (const way of ways) {
    const sounds = await generateSamples(model, { samples, seed }, way);
    for (const [index, sound] of sounds.entries())
      await writeGeneratedSound(sound, { path: pathOf(index, endOf(way)), range, seed });
  }
}
