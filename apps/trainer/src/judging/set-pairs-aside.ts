import type { TrainingData } from '../data/open-training-data';
import type { TrainerOptions } from '../options/trainer-options';
import { choosePairs, type ChosenPairs } from './choose-judged-pairs';

/** The data of a run as it trains on them: without the pairs that are set aside to choose the best epoch. */
export function setPairsAside(
  data: TrainingData,
  options: Pick<TrainerOptions, 'judge' | 'judgePairs' | 'seed'>,
): { data: TrainingData; chosenPairs: ChosenPairs } {
  const { dataset } = data;
  const chosenPairs = choosePairs(dataset, options);
  const splits = { ...dataset.splits, train: chosenPairs.trained };
  return { data: { ...data, dataset: { ...dataset, splits } }, chosenPairs };
}
