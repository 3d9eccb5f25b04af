import { tensor4d } from '@tensorflow/tfjs-core';
import type { LabelledData, LabelledPair, SampleGenerator } from '../src/index';

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
  const start = startOf(pair.classId);
  return Float32Array.from({ length: 128 * columns }, (_, i) => {
    const row = Math.floor(i / columns);
    return 0.4 * draw() + (row >= start && row < start + 16 ? 0.5 : -0.3);
  });
}

/** The first of the 16 rows of a class's band. */
const startOf = (classId: number) => 20 + 35 * classId;

/** Hears the class of a sound from the loudest of three bands, and generates the image of the class that `shown` makes of it, without noise. */
export function bandedGenerator(shown: (heard: number) => number): SampleGenerator {
  return {
    latentSize: 0,
    generateImage(sounds) {
      const count = sounds.shape[0];
      const values = sounds.dataSync<'float32'>();
      const images = new Float32Array(count * 128 * 384).fill(-0.3);
      for (let i = 0; i < count; i++) {
        const levels = CLASS_NAMES.map((_, id) => {
          const first = (i * 128 + startOf(id)) * 32;
          return values.subarray(first, first + 16 * 32).reduce((sum, value) => sum + value, 0);
        });
        const start = startOf(shown(levels.indexOf(Math.max(...levels))));
        images.fill(0.5, (i * 128 + start) * 384, (i * 128 + start + 16) * 384);
      }
      return tensor4d(images, [count, 128, 128, 3]);
    },
  };
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
