import { expect, it } from 'vitest';
import '@tensorflow/tfjs-backend-cpu';
import { createCmcgan } from '@cmcgan/model';
import { FULL_WIDTH_BYTES } from './machines';

it("predictions take the gradients' sizes from the model at the paper's width", () => {
  const { discriminatorVariables, generatorVariables } = createCmcgan({ width: 1, seed: 1 });
  const bytes = [discriminatorVariables, generatorVariables].map(
    (variables) => 4 * variables.reduce((sum, { size }) => sum + size, 0),
  );
  expect(bytes).toEqual([...FULL_WIDTH_BYTES]);
});
