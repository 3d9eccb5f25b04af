import { createHash } from 'node:crypto';
import { generateSamples, mainWay, type EvaluatedModel } from '@cmcgan/evaluation';
import { endOf } from '@cmcgan/model';
import type { Dataset, Pair } from '@cmcgan/sub-urmp';
import { drawSamples } from '../gallery/draw';
import type { GalleryPair, PlayableSound } from '../gallery/gallery';
import type { PageItem } from './vote-page';

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

const SOURCES = { image: 'A', sound: 'V' } as const;

/** What a model makes of pairs, of the modalities named, as items of a vote. Ids are hashes that tell nothing. */
export async function generateItems(
  model: EvaluatedModel,
  wanted: readonly ('image' | 'sound')[],
  { dataset, pairs, drawn, seed, name }: GenerateItemsOptions,
): Promise<KeyedItem[]> {
  const items: KeyedItem[] = [];
  for (const modality of ['image', 'sound'] as const) {
    const way = mainWay(model.ways, SOURCES[modality]);
    if (!way || !wanted.includes(modality)) continue;
    const role = endOf(way);
    const { images, sounds } = await drawSamples(
      await generateSamples(model, { data: dataset, pairs, seed, roles: [role] }),
      dataset.decibelRange,
    );
    const made: readonly (Pick<PageItem, 'image'> | PlayableSound)[] =
      modality === 'image' ? images[role]!.map((image) => ({ image })) : sounds[role]!;
    for (const [i, { id: pair, instrument }] of pairs.entries()) {
      const id = createHash('sha256').update([seed, name, modality, pair].join('\n')).digest('hex').slice(0, 16);
      const { image, sound } = drawn[i];
      items.push({ id, modality, model: name, pair, instrument, image, ...sound, ...made[i] });
    }
  }
  return items;
}
