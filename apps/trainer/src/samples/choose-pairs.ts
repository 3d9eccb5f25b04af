import { createRandom } from '@cmcgan/random';
import type { Dataset, Pair } from '@cmcgan/sub-urmp';

/**
 * `perClass` pairs of each instrument, fewer if it has fewer, chosen by the seed: from the validation split, or from the training split if
 * validation lacks the instrument. The first of each do not depend on how many more are wanted.
 */
export function choosePairs({ classNames, splits }: Pick<Dataset, 'classNames' | 'splits'>, seed: number, perClass = 1): Pair[] {
  const random = createRandom(seed).fork('sample pairs');
  const candidates = classNames.map((_, classId) => {
    const ofClass = (pairs: readonly Pair[]) => pairs.filter((pair) => pair.classId === classId);
    return [ofClass(splits.validation), ofClass(splits.train)].find(({ length }) => length > 0) ?? [];
  });
  const chosen = candidates.map((): Pair[] => []);
  for (let round = 0; round < perClass; round++) {
    candidates.forEach((left, classId) => {
      if (left.length > 0) chosen[classId].push(...left.splice(random.integer(left.length), 1));
    });
  }
  return chosen.flat();
}
