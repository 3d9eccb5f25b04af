import { describe, expect, it } from 'vitest';
import { METRICS_FIXTURE } from '../../test/metrics-fixture';
import { latentDiversity } from './latent-diversity';

describe('latentDiversity', () => {
  it('equals numpy for random samples', () => {
    const { samples, betweenInputs, betweenLatents } = METRICS_FIXTURE.diversity;
    const result = latentDiversity(samples);
    expect(result.betweenInputs).toBeCloseTo(betweenInputs, 12);
    expect(result.betweenLatents).toBeCloseTo(betweenLatents, 12);
    expect(result.ratio).toBeCloseTo(betweenLatents / betweenInputs, 12);
  });

  it('is 0 if z is ignored', () => {
    expect(latentDiversity([[[1, 2], [1, 2]], [[5, 5], [5, 5]]])).toMatchObject({ betweenLatents: 0, betweenInputs: 3.5, ratio: 0 }); // prettier-ignore
  });

  it('is NaN if both z and inputs are ignored', () => {
    expect(
      latentDiversity([
        [[1], [1]],
        [[1], [1]],
      ]).ratio,
    ).toBeNaN();
  });

  it('refuses a single latent', () => {
    expect(() => latentDiversity([[[1]], [[2]]])).toThrow('2 or more inputs with 2 or more latents each, got 2 × 1');
  });
});
