import '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { useWasmKernels } from './index';

/** The resources that keep the process alive, of the kind that worker threads count as. */
const held = (): number => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;

it('workers hold the process only while they are being ended, so that what waits for that comes to run', async () => {
  const before = held();
  const kernels = await useWasmKernels({ threads: 3 });
  expect(held()).toBe(before);
  const disposed = kernels.dispose();
  expect(held()).toBe(before + 2);
  await disposed;
  expect(held()).toBe(before);
});
