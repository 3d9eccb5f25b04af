import type { LabelledData, LabelledPair } from '../src/index';

export const CLASS_NAMES = ['high', 'low', 'middle'];

/** Uniform draws in [-1, 1], determined by the text. */
function noise(text: string): () => number {
  let state = [...text].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193), 0x811c9dc5);
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 31;
  };
}

/** Made-up pairs of three classes, two songs each: noise, with a band at the class's height in both image and sound. */
export function bandedPairs(perClass: number): LabelledPair[] {
  return CLASS_NAMES.flatMap((instrument, classId) =>
    Array.from({ length: perClass }, (_, i) => ({ id: `train/${instrument}/${i}`, classId, instrument, song: 1 + (i % 2) })),
  );
}

function banded(columns: number, pair: LabelledPair, name: string): Float32Array {
  const draw = noise(`${name} ${pair.id}`);
  const start = 20 + 35 * pair.classId;
  return Float32Array.from({ length: 128 * columns }, (_, i) => {
    const row = Math.floor(i / columns);
    return 0.4 * draw() + (row >= start && row < start + 16 ? 0.5 : -0.3);
  });
}

const loaded = new Map<string, { image: Float32Array; sound: Float32Array }>();

/** The data behind {@link bandedPairs}. */
export const bandedData: LabelledData = {
  classNames: CLASS_NAMES,
  manifestHash: 'banded',
  decibelRange: { floorDb: -80, ceilingDb: 0 },
  load: async (pair) => {
    const sample = loaded.get(pair.id) ?? { image: banded(128 * 3, pair, 'image'), sound: banded(32, pair, 'sound') };
    loaded.set(pair.id, sample);
    return sample;
  },
};
