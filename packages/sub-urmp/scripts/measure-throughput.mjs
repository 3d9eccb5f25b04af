// Measures how fast batches can be read from a data set, without training on them: from the cache folder, and from memory.
//   node packages/sub-urmp/scripts/measure-throughput.mjs <folder> [--batch-size 64] [--seconds 10]
// Build first: npx pnpm --filter @cmcgan/sub-urmp build
import { parseArgs } from 'node:util';
import { batches, openDataset } from '@cmcgan/sub-urmp';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'batch-size': { type: 'string', default: '64' }, seconds: { type: 'string', default: '10' } },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('measure-throughput: name the folder of a data set');
const batchSize = Number(values['batch-size']);
const limitMs = 1000 * Number(values.seconds);

async function measure(label, memoryBytes) {
  const dataset = await openDataset(folder, { memoryBytes, onBroken: 'skip' });
  const startedAt = performance.now();
  let pairs = 0;
  for (let epoch = 0; performance.now() - startedAt < limitMs; epoch++) {
    for await (const { classIds } of batches(dataset, { split: 'train', batchSize, seed: 1, epoch })) {
      pairs += classIds.length;
      if (performance.now() - startedAt > limitMs) break;
    }
  }
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(`${label}: ${Math.round(pairs / seconds)} pairs/s, ${((seconds / pairs) * 1000).toFixed(2)} ms a pair`);
}

await measure('from the cache folder', 0);
await measure('from memory          ', 512 * 2 ** 20);
