import '@tensorflow/tfjs-layers';
import { createCmcgan } from '@cmcgan/model';
import { createAdam, createMomentum } from '@cmcgan/tfjs-kernels';
import { describe, expect, it } from 'vitest';
import { countDispatches } from '../../tfjs-kernels/test/dispatches';
import { openNullDevice } from '../../tfjs-kernels/test/null-device';
import { createTrainingStep } from '../src/step/training-step';
import { noiseBatch, normalSource } from './step-fixture';

/** CMCGAN_FULL_WIDTH=1 also counts at full width with batch 16, which takes some gigabytes of memory and a minute. */
const SIZES: [width: number, batchSize: number][] = [[1 / 16, 4]];
if (process.env.CMCGAN_FULL_WIDTH) SIZES.push([1, 16]);

describe('a training step on a device that only records', () => {
  it.each(SIZES)('takes fewer than 1,300 dispatches at width %d, batch %d', async (width, batchSize) => {
    await openNullDevice();
    const model = createCmcgan({ width, seed: 1 });
    const discriminatorOptimizer = createMomentum({ variables: [...model.discriminatorVariables], learningRate: 1e-3 });
    const generatorOptimizer = createAdam({ variables: [...model.generatorVariables], learningRate: 1e-3 });
    const step = createTrainingStep({ model, discriminatorOptimizer, generatorOptimizer });
    const random = normalSource(1);
    const batch = noiseBatch(batchSize, 1);
    await step.run([batch], random); // the first step uploads data and creates the optimisers' slots
    const count = await countDispatches(() => step.run([batch], random));
    console.log(`width ${width}, batch ${batchSize}: ${count} dispatches a step`);
    expect(count).toBeGreaterThan(500); // otherwise something other than the step was counted
    expect(count).toBeLessThan(1300);
  });
});
