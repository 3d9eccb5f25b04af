import { describeError } from '@cmcgan/command-line';
import type { Check } from '../check';

/** Whether run folders can be created. */
export const writeAccess: Check = {
  name: 'run folders',
  async run(machine, { runsFolder }) {
    try {
      await machine.probe(runsFolder);
      return [{ name: 'run folders', state: 'works', detail: `can be created in ${runsFolder}` }];
    } catch (error) {
      const remedy = 'give yourself write access, or choose another folder with --out';
      return [{ name: 'run folders', state: 'fails', detail: describeError(error), remedy }];
    }
  },
};
