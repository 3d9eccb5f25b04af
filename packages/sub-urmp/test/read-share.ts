// Opens a data set and reads the batches of one rank, for shards.test.ts. Prints the ids of their pairs as JSON.
import { writeSync } from 'node:fs';
import { batches } from '../src/reading/batches/batches';
import { openDataset } from '../src/reading/open-dataset';

const [folder, rank, size, batchSize] = process.argv.slice(2);
const dataset = await openDataset(folder, { threads: 0 });
const ids: string[] = [];
const only = (batch: number) => batch % Number(size) === Number(rank);
for await (const { pairs } of batches(dataset, { split: 'train', batchSize: Number(batchSize), seed: 1, epoch: 0, only }))
  ids.push(...pairs.map(({ id }) => id));
writeSync(1, JSON.stringify({ ids, manifestHash: dataset.manifestHash }));
