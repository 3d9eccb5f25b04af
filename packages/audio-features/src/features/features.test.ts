import { describe, expect, it } from 'vitest';
import { expectedValues, FEATURE_SIGNALS, signalOf } from '../../test/fixtures/features';
import { compareFeatures } from '../../test/fixtures/compare-features';

const expected = expectedValues('features');

describe.each(FEATURE_SIGNALS)('features of %s', (name) => {
  const { samples, sampleRateHz } = signalOf(name);
  it.each(compareFeatures(samples, sampleRateHz, expected[name]!))('%s equals librosa', (_, worst, tolerance) => {
    expect(worst()).toBeLessThan(tolerance);
  });
});
