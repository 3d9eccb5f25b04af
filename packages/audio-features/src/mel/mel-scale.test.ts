import { describe, expect, it } from 'vitest';
import { golden } from '../../test/fixtures/librosa';
import { hzToMel, melToHz } from './mel-scale';

describe('hzToMel', () => {
  it.each(Object.entries(golden.hz_to_mel_slaney))('equals librosa at %s Hz', (hz, mel) => {
    expect(hzToMel(Number(hz))).toBeCloseTo(mel, 10);
  });

  it('puts 1000 Hz at 1000 mels on the HTK scale, within its rounded constants', () => {
    expect(hzToMel(1000, 'htk')).toBeCloseTo(999.9855, 3);
    expect(hzToMel(0, 'htk')).toBe(0);
  });

  it.each(['slaney', 'htk'] as const)('is inverted by melToHz on the %s scale', (scale) => {
    for (const hz of [0, 60, 999, 1000, 1001, 8000, 22050]) expect(melToHz(hzToMel(hz, scale), scale)).toBeCloseTo(hz, 8);
  });
});
