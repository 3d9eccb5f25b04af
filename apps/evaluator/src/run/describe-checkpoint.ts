import type { CheckpointInfo } from './find-run';

/** Which checkpoint figures are of, for people: "checkpoint best (epoch 3, step 106), which a judge chose". */
export function describeCheckpoint({ name, epoch, step }: Pick<CheckpointInfo, 'name' | 'epoch' | 'step'>): string {
  return `checkpoint ${name} (epoch ${epoch}, step ${step})${ORIGINS[name] ?? ''}`;
}

const ORIGINS: Readonly<Record<string, string>> = { best: ', which a judge chose', last: ', the last one saved' };
