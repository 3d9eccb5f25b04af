import { assertAddressSpace, type Progress } from '@cmcgan/command-line';
import { shardDataset, type ShardOptions } from '@cmcgan/sub-urmp/prepare';
import { describeCard } from '../describe-card';
import { warnOn } from '../remedies';

/** What `data shard` is given. */
export interface ShardCommandOptions extends Omit<ShardOptions, 'onProgress' | 'onWarning'> {
  folder: string;
  out: string;
}

/** Writes a data set as tar files, and prints its card. */
export async function shardCommand({ folder, out, ...options }: ShardCommandOptions, progress: Progress): Promise<number> {
  assertAddressSpace('read data');
  const card = await shardDataset(folder, out, {
    ...options,
    onProgress: ({ step, done, total }) => progress.status(step, done, total),
    onWarning: warnOn(progress),
  });
  progress.finish();
  for (const line of describeCard(card)) progress.note(line);
  progress.note(`Written to ${out}. To train on it: trainer --data ${out}`);
  return 0;
}
