// Fills the cache of a data set and prints its progress; cache-killed.test.ts kills it at random moments.
import { writeSync } from 'node:fs';
import { openDataset } from '../src/reading/open-dataset';

const [folder, cacheFolder, threads] = process.argv.slice(2);
const { manifestHash } = await openDataset(folder, {
  cacheFolder,
  threads: Number(threads),
  onProgress: ({ done }) => void writeSync(1, `${done}\n`),
});
writeSync(1, `finished ${manifestHash}\n`);
