import { createHash } from 'node:crypto';
import { type CrossModalModel, DIRECTIONS, MODALITIES } from '@cmcgan/model';
import type { Dataset, Pair } from '@cmcgan/sub-urmp';
import { generateWay } from '../evaluation/generate-way';
import { mainWay } from '../evaluation/main-way';
import { eachRealBatch } from '../evaluation/real-batches';
import { drawImage, drawSound } from '../gallery/draw-samples';
import type { GalleryPair } from '../gallery/gallery';
import type { PageItem } from './vote-kit';

/** An item with whose it is. */
export interface KeyedItem extends PageItem {
  readonly model: string;
  readonly pair: string;
}

export interface GenerateItemsOptions {
  readonly dataset: Dataset;
  readonly pairs: readonly Pair[];
  /** The same pairs, drawn. */
  readonly drawn: readonly GalleryPair[];
  readonly seed: number;
  /** The name that the key has for the model. */
  readonly name: string;
}

const MADE = { soundToImage: 'image', imageToSound: 'sound' } as const;

/** What a model makes of pairs, in the directions named, as items of a vote. Ids are hashes that tell nothing. */
export async function generateItems(
  model: CrossModalModel,
  wanted: readonly ('image' | 'sound')[],
  { dataset, pairs, drawn, seed, name }: GenerateItemsOptions,
): Promise<KeyedItem[]> {
  const ways = model.ways.map((way) => ({ way }));
  const items: KeyedItem[] = [];
  for (const direction of DIRECTIONS) {
    const modality = MADE[direction];
    const main = mainWay(ways, MODALITIES[direction].from);
    if (!main || !wanted.includes(modality)) continue;
    await eachRealBatch(dataset, pairs, async (batch, chunk, done) => {
      const generated = generateWay(model, main.way, batch, { seed });
      const values = await generated.data<'float32'>();
      generated.dispose();
      const size = values.length / chunk.length;
      for (const [i, pair] of chunk.entries()) {
        const sample = Float32Array.from(values.subarray(i * size, (i + 1) * size));
        const truth = drawn[done - chunk.length + i];
        const made = modality === 'image' ? { image: await drawImage(sample) } : await drawSound(sample, dataset.decibelRange);
        const id = createHash('sha256').update([seed, name, modality, pair.id].join('\n')).digest('hex').slice(0, 16);
        items.push({
          id,
          modality,
          model: name,
          pair: pair.id,
          instrument: pair.instrument,
          image: truth.image,
          ...truth.sound,
          ...made,
        });
      }
    });
  }
  return items;
}
