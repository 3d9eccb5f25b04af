import { expect, it } from 'vitest';
import { featureFingerprint, fingerprintOf } from './feature-fingerprint';
import { FRAME, LMS, type FeatureKind } from './feature-kind';

it('is the same every time', async () => {
  expect(await featureFingerprint()).toMatch(/^[0-9a-f]{16}$/);
  expect(await fingerprintOf(FRAME, LMS)).toBe(await featureFingerprint());
});

it.each([FRAME, LMS])('changes when one byte of a $name would come out differently', async (kind) => {
  const changed: FeatureKind = {
    ...kind,
    async compute(bytes, fileName) {
      const feature = (await kind.compute(bytes, fileName)).slice();
      feature[1000] ^= 1;
      return feature;
    },
  };
  const fingerprint = kind === FRAME ? fingerprintOf(changed, LMS) : fingerprintOf(FRAME, changed);
  expect(await fingerprint).not.toBe(await featureFingerprint());
});
