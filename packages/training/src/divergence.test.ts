import { describe, expect, it } from 'vitest';
import { findDivergence } from './divergence';

const LOSSES = { discriminator: { total: 2, wrong: 1, fake: 1 }, generator: { total: 1, adversarial: 1, consistency: 0 } };
const withGenerator = (parts: Record<string, number>) => ({ ...LOSSES, generator: { ...LOSSES.generator, ...parts } });

describe('findDivergence', () => {
  it('finds nothing in losses of the usual size', () => expect(findDivergence(LOSSES, 1000)).toBeNull());

  it('names the part that is no number, not the total that follows from it', () => {
    const found = findDivergence(withGenerator({ total: NaN, consistency: NaN }), 1000);
    expect(found).toEqual({ network: 'generator', part: 'consistency', value: NaN });
  });

  it('finds an infinite loss without a limit too', () => {
    const found = findDivergence({ ...LOSSES, discriminator: { total: -Infinity, wrong: 1, fake: 1 } }, null);
    expect(found).toEqual({ network: 'discriminator', part: 'total', value: -Infinity });
  });

  it('finds a part beyond the limit, of either sign', () => {
    for (const adversarial of [1001, -1001]) {
      expect(findDivergence(withGenerator({ adversarial }), 1000)).toMatchObject({ part: 'adversarial', value: adversarial });
      expect(findDivergence(withGenerator({ adversarial }), null)).toBeNull();
    }
    expect(findDivergence(withGenerator({ adversarial: 1000 }), 1000)).toBeNull();
  });

  it('lets a weighted total have any size, and a loss that is all there is not', () => {
    expect(findDivergence(withGenerator({ total: 5000 }), 1000)).toBeNull();
    expect(findDivergence({ ...LOSSES, generator: { total: 5000 } }, 1000)).toMatchObject({ part: 'total' });
  });
});
