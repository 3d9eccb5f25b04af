import { describeError } from '@cmcgan/command-line';
import type { Check } from '../check';

/** Whether pictures can be read and written: sharp needs a native library for the platform. */
export const pictures: Check = {
  name: 'pictures',
  async run(machine) {
    try {
      await machine.tryPictures();
      return [{ name: 'pictures', state: 'works', detail: 'JPEG and PNG are read and written (sharp)' }];
    } catch (error) {
      const remedy = 'install sharp for this platform: npx pnpm install --force';
      return [{ name: 'pictures', state: 'fails', detail: describeError(error), remedy }];
    }
  },
};
