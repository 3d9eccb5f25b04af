import { expect, it } from 'vitest';
import { fuseLate } from './late-fusion';

const logs = (...probabilities: number[]) => Float32Array.from(probabilities, Math.log);

it('takes the class of the highest product of probabilities', () => {
  const a = [logs(0.5, 0.4, 0.1), logs(0.2, 0.3, 0.5)];
  const b = [logs(0.2, 0.7, 0.1), logs(0.6, 0.3, 0.1)];
  // products: 0.10 0.28 0.01; 0.12 0.09 0.05
  expect(fuseLate(a, b)).toEqual([1, 0]);
});

it('lets the surer of two that disagree decide', () => {
  expect(fuseLate([logs(0.999, 0.001), logs(0.6, 0.4)], [logs(0.1, 0.9), logs(0.1, 0.9)])).toEqual([0, 1]);
});
