import type { Check } from '../check';

/** Cores: a training uses them all. */
export const processor: Check = {
  name: 'processor',
  run({ cores, processor: model }) {
    const detail = `${cores} core${cores === 1 ? '' : 's'}, ${model}`;
    if (cores > 1) return [{ name: 'processor', state: 'works', detail }];
    const remedy = 'the default job takes twice its time: expect an hour with --max-minutes 60';
    return [{ name: 'processor', state: 'warning', detail, remedy }];
  },
};
