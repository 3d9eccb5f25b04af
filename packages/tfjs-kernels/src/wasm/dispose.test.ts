import '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { useWasmKernels } from './index';

/** The resources that keep the process alive, of the kind that worker threads count as. */
const held = (): number => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;

it('workers keep the process alive only while they are ending, so that code awaiting that runs', async () => {
  const before = held();
  const kernels = await useWasmKernels({ threads: 3 });
  expect(held()).toBe(before);
  const disposed = kernels.dispose();
  expect(held()).toBe(before + 2);
  await disposed;
  expect(held()).toBe(before);
});
