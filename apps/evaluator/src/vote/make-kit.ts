import { createHash } from 'node:crypto';
import { onePairPerClass } from '@cmcgan/evaluation';
import { loadModel, type LoadedModel } from '@cmcgan/model/node';
import { createRandom } from '@cmcgan/random';
import { type Progress, UserError } from '@cmcgan/command-line';
import { openEvaluationData } from '../evaluation/inputs';
import { drawGalleryPairs } from '../gallery/draw';
import { describeCheckpoint, findRuns, type Run } from '../run/find-run';
import { generateItems, type KeyedItem } from './generate-items';
import { KEY_FORMAT, type VoteKey } from './vote-files';
import type { PageItem } from './vote-page';

export interface MakeKitOptions {
  /** Each model's run folders: more than one where images and sounds are of different runs, as S2IC's and I2S's. */
  readonly models: readonly (readonly string[])[];
  readonly data: string | null;
  /** Where decoded pairs are kept; null: beside the data. */
  readonly dataCache: string | null;
  readonly checkpoint: string | undefined;
  /** Whether pairs with a broken file are left out, or an error. */
  readonly skipBroken: boolean;
  readonly seed: number;
}

/** A kit: what voters see, and the key to it. */
export interface VoteKit {
  readonly key: VoteKey;
  /** Shuffled by the seed. */
  readonly items: readonly PageItem[];
}

/** Generates one image and one sound of each class by each model, from the same test pairs, on the current backend. */
export async function makeKit(options: MakeKitOptions, progress: Progress): Promise<VoteKit> {
  const { models, checkpoint, seed } = options;
  const runs = await findRuns(models.flat(), checkpoint);
  const dataset = await openEvaluationData(runs[0], { ...options, progress });
  const pairs = onePairPerClass(dataset, seed);
  const drawn = await drawGalleryPairs(dataset, pairs);
  const ofModels = models.map((paths) => runs.splice(0, paths.length));
  const names = modelNames(ofModels);
  const items: KeyedItem[] = [];
  for (const [m, ofModel] of ofModels.entries()) {
    const missing = new Set(['image', 'sound'] as const);
    for (const { name, checkpoint: taken } of ofModel) {
      progress.note(`Generating the samples of ${name}: ${describeCheckpoint(taken)}`);
      const made = await withModel(taken.folder, (model) =>
        generateItems(model, [...missing], { dataset, pairs, drawn, seed, name: names[m] }),
      );
      made.forEach(({ modality }) => missing.delete(modality));
      items.push(...made);
    }
    if (missing.size > 0)
      throw new UserError(
        `model ${names[m]} makes no ${[...missing].join(' and no ')}; add a run that does, with a comma: --run s2ic,i2s`,
      );
  }
  return assembleKit(items, names, seed);
}

/** What a kit's files hold, from its items. */
export function assembleKit(items: readonly KeyedItem[], models: readonly string[], seed: number): VoteKit {
  const shuffled = createRandom(seed)
    .fork('vote')
    .shuffle([...items]);
  const kit = createHash('sha256').update(JSON.stringify(shuffled)).digest('hex').slice(0, 16);
  const keyed = shuffled.map(({ id, model, modality, pair }) => [id, { model, modality, pair }] as const);
  return {
    key: { format: KEY_FORMAT, kit, seed, models: [...models], items: Object.fromEntries(keyed) },
    items: shuffled.map(({ model: _whose, pair: _of, ...item }) => item),
  };
}

/** The names of their runs; numbers tell equal ones apart. */
function modelNames(models: readonly (readonly Run[])[]): string[] {
  const names = models.map((runs) => runs.map(({ name }) => name).join('+'));
  return names.map((name, i) => (names.indexOf(name) === i ? name : `${name} (${i + 1})`));
}

async function withModel<T>(folder: string, use: (model: LoadedModel) => Promise<T>): Promise<T> {
  const model = await loadModel(folder);
  try {
    return await use(model);
  } finally {
    model.dispose();
  }
}
