import '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { countGpuCalls } from '../../tfjs-kernels/test/dispatches';
import { openNullDevice } from '../../tfjs-kernels/test/null-device';
import { createTrainerState, noiseBatch, normalSource } from './step-fixture';

/** CMCGAN_FULL_WIDTH=1 also counts at full width with batch 16, which takes some gigabytes of memory and a minute. */
const SIZES: [width: number, batchSize: number][] = [[1 / 16, 4]];
if (process.env.CMCGAN_FULL_WIDTH) SIZES.push([1, 16]);
const REPLAYS = 7;

/** The median processor time of a call, in milliseconds, of this thread and the driver's. */
async function medianCpuMs(run: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < REPLAYS; i++) {
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return times.sort((a, b) => a - b)[REPLAYS >> 1];
}

/** A step's calls to the GPU and its processor time, once it has run often enough to be replayed if it can be. */
async function measure(replay: 'auto' | 'off', [width, batchSize]: [number, number]) {
  const { step } = createTrainerState({ replay }, { width, latentSize: 100 });
  const random = normalSource(1);
  const batch = noiseBatch(batchSize, 1);
  // The first run uploads data and creates the optimisers' slots, the second one is recorded.
  for (let i = 0; i < 3; i++) await step.run([batch], random);
  const calls = await countGpuCalls(() => step.run([batch], random));
  const cpuMs = await medianCpuMs(() => step.run([batch], random));
  step.dispose();
  const name = replay === 'auto' ? 'replayed' : 'computed anew';
  const text = `${JSON.stringify(calls)}, ${cpuMs.toFixed(1)} ms of processor time`;
  console.log(`width ${width}, batch ${batchSize}, ${name}: ${text}`);
  return calls;
}

describe('a training step on a device that only records', () => {
  it.each(SIZES)(
    'takes fewer than 1,300 dispatches at width %d, batch %d, computed or replayed, and then few submissions',
    async (...size) => {
      await openNullDevice();
      const plain = await measure('off', size);
      const replayed = await measure('auto', size);
      expect(plain.dispatches).toBeGreaterThan(500); // otherwise something other than the step was counted
      expect(plain.dispatches).toBeLessThan(1300);
      expect(replayed.dispatches).toBeGreaterThan(500);
      expect(replayed.dispatches).toBeLessThan(1300);
      expect(replayed.submissions).toBeLessThanOrEqual(3); // the step, and reading its losses
      expect(replayed.bufferWrites).toBeLessThan(20); // the inputs, and one for each optimiser's numbers
    },
  );
});
