import type { Check } from '../check';

const GIB = 2 ** 30;
/** What the default job takes at most, rounded up. */
const NEEDED_BYTES = GIB;
/** The most that the wasm backend can take, beside Node. */
const ENOUGH_BYTES = 5 * GIB;
const gib = (bytes: number) => `${(bytes / GIB).toFixed(1)} GiB`;

/** Memory that is still free. */
export const memory: Check = {
  name: 'memory',
  run({ availableBytes, totalBytes }) {
    const detail = `${gib(availableBytes)} free of ${gib(totalBytes)}`;
    if (availableBytes >= ENOUGH_BYTES) return [{ name: 'memory', state: 'works', detail }];
    if (availableBytes >= NEEDED_BYTES) {
      const remedy = 'enough for the default job; wider networks and larger batches need up to 5 GiB';
      return [{ name: 'memory', state: 'warning', detail, remedy }];
    }
    const remedy = 'the default job needs 1 GiB: close other programs, or take a smaller --batch-size';
    return [{ name: 'memory', state: 'fails', detail, remedy }];
  },
};
