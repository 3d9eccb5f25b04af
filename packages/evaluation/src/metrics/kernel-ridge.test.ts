import { describe, expect, it } from 'vitest';
import { METRICS_FIXTURE } from '../../test/metrics-fixture';
import { factorKernelRidge, fitKernelRidge } from './kernel-ridge';

describe('fitKernelRidge', () => {
  it("predicts as scikit-learn's KernelRidge", () => {
    const { x, y, z, predicted } = METRICS_FIXTURE.ridge;
    fitKernelRidge(x, y)
      .predict(z)
      .forEach((value, i) => expect(value).toBeCloseTo(predicted[i], 6));
  });

  it('reproduces its training targets without a penalty', () => {
    const { x, y } = METRICS_FIXTURE.ridge;
    fitKernelRidge(x, y, { alpha: 1e-10 })
      .predict(x)
      .forEach((value, i) => expect(value).toBeCloseTo(y[i], 3));
  });

  it('predicts the mean if features do not vary', () => {
    expect(fitKernelRidge([[1], [1]], [2, 4], { alpha: 1 }).predict([[1]])[0]).toBeCloseTo(3, 10);
  });

  it('fits several targets of the same features one by one', () => {
    const { x, y, z } = METRICS_FIXTURE.ridge;
    const fitTo = factorKernelRidge(x);
    for (const targets of [y, y.map((value) => 3 - value ** 2)]) {
      expect(fitTo(targets).predict(z)).toEqual(fitKernelRidge(x, targets).predict(z));
    }
  });

  it('refuses more features than targets', () => {
    expect(() => fitKernelRidge([[1], [2]], [1])).toThrow(
      'features must be one vector for each of the 1 targets, at least one, got 2',
    );
  });
});
