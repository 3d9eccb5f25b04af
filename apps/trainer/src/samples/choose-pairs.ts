import { createRandom } from '@cmcgan/random';
import type { Dataset, Pair } from '@cmcgan/sub-urmp';

/** One pair of each instrument, chosen by the seed, from the validation split, or from the training split if validation lacks it. */
export function choosePairs({ classNames, splits }: Pick<Dataset, 'classNames' | 'splits'>, seed: number): Pair[] {
  const random = createRandom(seed).fork('sample pairs');
  return classNames.flatMap((_, classId) => {
    const ofClass = (pairs: readonly Pair[]) => pairs.filter((pair) => pair.classId === classId);
    const candidates = [ofClass(splits.validation), ofClass(splits.train)].find(({ length }) => length > 0);
    return candidates ? [candidates[random.integer(candidates.length)]] : [];
  });
}
