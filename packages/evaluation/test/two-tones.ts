import type { EvaluationData } from '../src/index';

const HALF_IMAGE = (128 * 128 * 3) / 2;
const HALF_SOUND = (128 * 32) / 2;

/** A picture whose upper half (class 0) or lower half (class 1) is bright, and a sound whose upper or lower mels are loud; without noise. */
export const cleanSample = (classId: number) => ({
  image: halves(HALF_IMAGE, classId),
  sound: halves(HALF_SOUND, classId),
});

function halves(size: number, classId: number): Float32Array {
  const values = new Float32Array(2 * size).fill(-0.5);
  return values.fill(0.5, classId * size, (classId + 1) * size);
}

/**
 * The given number of pairs in each split, half of class `high` and half of class `low`: clean samples, slightly brighter or darker from
 * pair to pair, so that no two are equal.
 */
export function twoTones(counts: { train: number; validation: number }): EvaluationData {
  const pairs = (split: 'train' | 'validation') =>
    Array.from({ length: counts[split] }, (_, i) => ({
      id: `${split}/${i}`,
      classId: i % 2,
      instrument: i % 2 === 0 ? 'high' : 'low',
      song: split === 'train' ? 1 : 2,
    }));
  return {
    classNames: ['high', 'low'],
    manifestHash: 'two tones',
    decibelRange: { floorDb: -80, ceilingDb: 0 },
    splits: { train: pairs('train'), validation: pairs('validation') },
    async load({ id, classId }) {
      const shift = (Number(id.split('/')[1]) % 7) / 50;
      const { image, sound } = cleanSample(classId);
      return { image: image.map((value) => value + shift), sound: sound.map((value) => value - shift) };
    },
  };
}
