import { createHash } from 'node:crypto';
import { type Progress, UserError } from '@cmcgan/command-line';
import { generateSamples, mainWay, onePairPerClass } from '@cmcgan/evaluation';
import { endOf, MODALITIES } from '@cmcgan/model';
import { loadModel } from '@cmcgan/model/node';
import { drawPairs, drawSamples, type DrawnPair } from '@cmcgan/pages';
import { createRandom } from '@cmcgan/random';
import type { Dataset, Pair } from '@cmcgan/sub-urmp';
import type { TrainedRun } from '@cmcgan/training/node';
import { openEvaluationData } from '../evaluation/inputs';
import { describeCheckpoint, findRuns } from '../evaluation/runs';
import type { EvaluateOptions } from '../options/evaluate-options';
import { KEY_FORMAT, type VoteKey } from './vote-files';
import type { PageItem } from './vote-page';

/** What a kit is made from. */
export interface MakeKitOptions extends Pick<EvaluateOptions, 'data' | 'dataCache' | 'checkpoint' | 'skipBroken' | 'seed'> {
  /** Each model's run folders: several if its images and sounds come from different runs, as for S2IC and I2S. */
  readonly models: readonly (readonly string[])[];
}

/** A kit: the samples that voters see, and the key that tells which model made each. */
export interface VoteKit {
  readonly key: VoteKey;
  /** Shuffled by the seed. */
  readonly items: readonly PageItem[];
}

/** An item with the model that made it and the pair it was made from. */
export interface KeyedItem extends PageItem {
  readonly model: string;
  readonly pair: string;
}

/** Generates one image and one sound of each class by each model, from the same test pairs, on the current backend. */
export async function makeKit(options: MakeKitOptions, progress: Progress): Promise<VoteKit> {
  const { models, checkpoint, seed } = options;
  const runs = await findRuns(models.flat(), checkpoint);
  const dataset = await openEvaluationData(runs[0], { ...options, progress });
  const pairs = onePairPerClass(dataset, seed);
  const shown = { dataset, pairs, drawn: await drawPairs(dataset, pairs), seed };
  const ofModels = models.map((paths) => runs.splice(0, paths.length));
  const names = modelNames(ofModels);
  const items: KeyedItem[] = [];
  for (const [m, ofModel] of ofModels.entries()) {
    const missing = new Set(['image', 'sound'] as const);
    for (const run of ofModel) {
      progress.note(`Generating the samples of ${run.name}: ${describeCheckpoint(run.checkpoint)}`);
      const made = await generateItems(run.checkpoint.folder, [...missing], { ...shown, name: names[m] });
      made.forEach(({ modality }) => missing.delete(modality));
      items.push(...made);
    }
    if (missing.size > 0)
      throw new UserError(
        `model ${names[m]} generates no ${[...missing].join(' and no ')}; add a run that does, after a comma: --run s2ic,i2s`,
      );
  }
  return assembleKit(items, names, seed);
}

interface ShownPairs {
  readonly dataset: Dataset;
  readonly pairs: readonly Pair[];
  /** The same pairs, drawn. */
  readonly drawn: readonly DrawnPair[];
  readonly seed: number;
  /** The model's name in the key. */
  readonly name: string;
}

/** Generates the wanted samples from pairs with the model in a folder, as items of a vote. Ids are hashes that reveal nothing. */
async function generateItems(
  folder: string,
  wanted: readonly ('image' | 'sound')[],
  { dataset, pairs, drawn, seed, name }: ShownPairs,
): Promise<KeyedItem[]> {
  const model = await loadModel(folder);
  const roles = Object.values(MODALITIES).flatMap(({ from }) => mainWay(model.ways, from) ?? []).map(endOf); // prettier-ignore
  const samples = await generateSamples(model, { data: dataset, pairs, seed, roles }).finally(() => model.dispose());
  const { images, sounds } = await drawSamples(samples, dataset.decibelRange);
  const made = {
    image: Object.values(images).flatMap((cells) => cells.map((image) => ({ image }))),
    sound: Object.values(sounds).flat(),
  };
  return wanted.flatMap((modality) =>
    made[modality].map((sample, i) => {
      const { id: pair, instrument } = pairs[i];
      const id = createHash('sha256').update([seed, name, modality, pair].join('\n')).digest('hex').slice(0, 16);
      const { image, sound } = drawn[i];
      return { id, modality, model: name, pair, instrument, image, ...sound, ...sample };
    }),
  );
}

/** Makes the contents of a kit's files from its items: shuffles them by the seed and separates the key. */
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

/** Names models after their runs and appends numbers to repeated names. */
function modelNames(models: readonly (readonly TrainedRun[])[]): string[] {
  const names = models.map((runs) => runs.map(({ name }) => name).join('+'));
  return names.map((name, i) => (names.indexOf(name) === i ? name : `${name} (${i + 1})`));
}
