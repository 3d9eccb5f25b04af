import { addressSpaceShortage } from '@cmcgan/command-line';
import type { Check } from '../check';

/** Address space that a process may reserve: clusters limit it, and WebAssembly reserves much. */
export const addressSpace: Check = {
  name: 'address space',
  run({ addressSpace: space }) {
    const shortage = addressSpaceShortage('train', space);
    if (shortage) return [{ name: 'address space', state: 'fails', detail: shortage.reason, remedy: shortage.remedy }];
    const { limitBytes } = space;
    const detail = limitBytes === null ? 'not limited' : `limited to ${(limitBytes / 2 ** 30).toFixed(0)} GiB, which is enough`;
    return [{ name: 'address space', state: 'works', detail }];
  },
};
