import { describeError } from '@cmcgan/command-line';
import type { Check } from '../check';

/** Whether run folders can be made. */
export const writeAccess: Check = {
  name: 'run folders',
  async run(machine, { runsFolder }) {
    try {
      await machine.probe(runsFolder);
      return [{ name: 'run folders', state: 'works', detail: `can be made in ${runsFolder}` }];
    } catch (error) {
      const remedy = 'give yourself the right to write there, or choose another folder with --out';
      return [{ name: 'run folders', state: 'fails', detail: describeError(error), remedy }];
    }
  },
};
