import { expect, it } from 'vitest';
import { mapConcurrent } from './map-concurrent';

const tick = () => new Promise((resolve) => setImmediate(resolve));

it('keeps the order and never runs more than the limit', async () => {
  let running = 0;
  let most = 0;
  const results = await mapConcurrent([5, 4, 3, 2, 1], 2, async (ticks, index) => {
    most = Math.max(most, ++running);
    for (let i = 0; i < ticks; i++) await tick();
    running--;
    return index * 10;
  });
  expect(results).toEqual([0, 10, 20, 30, 40]);
  expect(most).toBe(2);
});

it('ends with the first error and starts nothing after it', async () => {
  const started: number[] = [];
  const run = mapConcurrent([0, 1, 2, 3, 4, 5], 2, async (item) => {
    started.push(item);
    await tick();
    if (item === 1) throw new Error('item 1');
  });
  await expect(run).rejects.toThrow('item 1');
  for (let i = 0; i < 10; i++) await tick();
  expect(started.length).toBeLessThan(5);
});
