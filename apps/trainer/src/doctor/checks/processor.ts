import type { Check } from '../check';

/** The processor and its cores, all of which training uses. */
export const processor: Check = {
  name: 'processor',
  run({ cores, processor: model }) {
    const detail = `${cores} core${cores === 1 ? '' : 's'}, ${model}`;
    if (cores > 1) return [{ name: 'processor', state: 'works', detail }];
    const remedy = 'a default run takes twice as long on one core: allow an hour with --max-minutes 60';
    return [{ name: 'processor', state: 'warning', detail, remedy }];
  },
};
