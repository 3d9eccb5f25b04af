import { readWav, toMono } from '@cmcgan/audio-features';
import { readPairFile, type Dataset } from '@cmcgan/sub-urmp';
import type { EvaluationData } from '../evaluation-data';

/** A data set whose recordings can be loaded, so that generated sounds are compared with them. */
export function withRecordings(dataset: Dataset): Dataset & Required<Pick<EvaluationData, 'loadRecording'>> {
  const paths = new Map(Object.values(dataset.splits).flatMap((pairs) => pairs.map(({ id, soundPath }) => [id, soundPath])));
  return {
    ...dataset,
    async loadRecording({ id }) {
      const path = paths.get(id);
      if (path === undefined) throw new Error(`loadRecording: pair must be one of the data set's, got ${id}`);
      return toMono(readWav(await readPairFile(path), { name: path }).samples);
    },
  };
}
