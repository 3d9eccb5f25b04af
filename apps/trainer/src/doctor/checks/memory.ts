import type { Check } from '../check';

const GIB = 2 ** 30;
/** Most memory that a default run takes, rounded up. */
const NEEDED_BYTES = GIB;
/** Most memory that the wasm backend and Node can take. */
const ENOUGH_BYTES = 5 * GIB;
const gib = (bytes: number) => `${(bytes / GIB).toFixed(1)} GiB`;

/** Free memory. */
export const memory: Check = {
  name: 'memory',
  run({ availableBytes, totalBytes }) {
    const detail = `${gib(availableBytes)} free of ${gib(totalBytes)}`;
    if (availableBytes >= ENOUGH_BYTES) return [{ name: 'memory', state: 'works', detail }];
    if (availableBytes >= NEEDED_BYTES) {
      const remedy = 'enough for a default run; wider networks and larger batches need up to 5 GiB';
      return [{ name: 'memory', state: 'warning', detail, remedy }];
    }
    const remedy = 'a default run needs 1 GiB: close other programs, or use a smaller --batch-size';
    return [{ name: 'memory', state: 'fails', detail, remedy }];
  },
};
