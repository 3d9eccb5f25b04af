import '@tensorflow/tfjs-layers';
import { record } from '@cmcgan/tfjs-kernels';
import { describe, expect, it } from 'vitest';
import { countGpuCalls } from '../../tfjs-kernels/test/dispatches';
import { openNullDevice } from '../../tfjs-kernels/test/null-device';
import { runKernels } from './recordable-step';
import { createTrainerState, noiseBatch, normalSource } from './step-fixture';

/** CMCGAN_FULL_WIDTH=1 also counts at full width with batch 16, which takes some gigabytes of memory and a minute. */
const SIZES: [width: number, batchSize: number][] = [[1 / 16, 4]];
if (process.env.CMCGAN_FULL_WIDTH) SIZES.push([1, 16]);
const REPLAYS = 15;

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

describe('a training step on a device that only records', () => {
  it.each(SIZES)(
    'at width %d, batch %d: takes fewer than 1,300 dispatches, and replayed no more and one submission',
    async (...size) => {
      const [width, batchSize] = size;
      await openNullDevice();
      const state = createTrainerState({}, { width, latentSize: 100 });
      const random = normalSource(1);
      const batch = noiseBatch(batchSize, 1);
      await state.step.run([batch], random); // the first step uploads data and creates the optimisers' slots
      const step = await countGpuCalls(() => state.step.run([batch], random));
      const recorded = await record(() => runKernels(state, batch, random), { inputs: [batch.images, batch.sounds] });
      const replay = await countGpuCalls(() => recorded.replay());
      const stepMs = await medianCpuMs(() => state.step.run([batch], random));
      const replayMs = await medianCpuMs(() => recorded.replay());
      recorded.dispose();
      for (const [name, calls, ms] of [
        ['step', step, stepMs],
        ['replay', replay, replayMs],
      ] as const)
        console.log(
          `width ${width}, batch ${batchSize}, ${name}: ${JSON.stringify(calls)}, ${ms.toFixed(1)} ms of processor time`,
        );
      expect(step.dispatches).toBeGreaterThan(500); // otherwise something other than the step was counted
      expect(step.dispatches).toBeLessThan(1300);
      expect(replay.dispatches).toBeGreaterThan(500);
      expect(replay.dispatches).toBeLessThanOrEqual(step.dispatches);
      expect(replay.submissions).toBe(1);
    },
  );
});
