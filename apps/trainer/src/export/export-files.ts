import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { TrainedClassifier } from '@cmcgan/classifier';
import { loadClassifier } from '@cmcgan/classifier/node';
import { UserError } from '@cmcgan/command-line';
import { classifierToOnnx, classifierToStockModel, generatorToOnnx, generatorToStockModel } from '@cmcgan/export';
import { saveLayersModel } from '@cmcgan/export/node';
import { MODALITIES, wayName, type CrossModalModel, type Way } from '@cmcgan/model';
import { openCheckpoint, writeAtomically, type Checkpoint } from '@cmcgan/training/node';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { describeCheckpoint } from '../generation/describe-checkpoint';
import type { ExportFormat, ExportOptions } from '../options/export-options';

/** A network, or several along a way, to be written under one name. */
interface Item {
  /** Name of the file without its ending, or of the folder. */
  readonly name: string;
  /** What it is, for people. */
  readonly meaning: string;
  toOnnx(): Promise<Uint8Array>;
  toStockModel(): LayersModel;
}

/** What there is to export, and a line that says what it comes from. */
interface Source {
  readonly description: string;
  readonly items: readonly Item[];
  dispose(): void;
}

const DIRECTIONS = Object.entries({ soundToImage: 'sound-to-image', imageToSound: 'image-to-sound' } as const);

/** 'image-to-sound' for what `generateSound` gives by default, 'image-to-sound-direct' for the other output. */
function nameOf(way: Way, { ways }: Pick<CrossModalModel, 'ways'>): string {
  const [, name] = DIRECTIONS.find(([direction]) => MODALITIES[direction as keyof typeof MODALITIES].from === way.from)!;
  return ways.find(({ from }) => from === way.from) === way ? name : `${name}-${way.output}`;
}

async function modelSource(path: string): Promise<Source> {
  const checkpoint: Checkpoint = await openCheckpoint(path);
  const { model } = checkpoint;
  const items = model.ways.map((way): Item => {
    const { from, output } = way;
    return {
      name: nameOf(way, model),
      meaning: wayName(way),
      toOnnx: () => generatorToOnnx(model, { from, output }),
      toStockModel: () => generatorToStockModel(model, { from, output }),
    };
  });
  return { description: describeCheckpoint(checkpoint, path), items, dispose: () => model.dispose() };
}

async function classifierSource(folder: string): Promise<Source> {
  const trained: TrainedClassifier = await loadClassifier(folder);
  const { classNames } = trained.classifier.config;
  const item: Item = {
    name: 'classifier',
    meaning: `probabilities of ${classNames.length} classes`,
    toOnnx: () => classifierToOnnx(trained),
    toStockModel: () => classifierToStockModel(trained),
  };
  return { description: `Classifier: ${folder}`, items: [item], dispose: () => trained.classifier.dispose() };
}

/** Whether a folder, or that of a weights file, holds a classifier rather than a model. */
async function holdsClassifier(folder: string): Promise<boolean> {
  try {
    return 'classifier' in (JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as object);
  } catch {
    return false; // what is wrong with a model's folder is for those to say who open it
  }
}

/** How each format names and writes an item. */
const WRITERS: Readonly<Record<ExportFormat, { pathOf(name: string): string; write(item: Item, path: string): Promise<void> }>> =
  {
    onnx: {
      pathOf: (name) => `${name}.onnx`,
      async write(item, path) {
        await writeAtomically(path, await item.toOnnx(), { makeFolders: true });
      },
    },
    tfjs: {
      pathOf: (name) => join(name, 'model.json'),
      async write(item, path) {
        const model = item.toStockModel();
        await saveLayersModel(model, dirname(path));
        model.dispose();
      },
    },
  };

/**
 * Writes a model's ways, or a classifier, in the format asked for, on the current backend.
 *
 * @param note receives lines for people
 * @throws a UserError if a file is there already and `force` is not set, before anything is written
 */
export async function exportFiles(options: ExportOptions, note: (line: string) => void): Promise<void> {
  const { checkpoint, format, out, force } = options;
  const folder = basename(checkpoint) === 'model.safetensors' ? dirname(checkpoint) : checkpoint;
  const source = (await holdsClassifier(folder)) ? await classifierSource(folder) : await modelSource(checkpoint);
  try {
    note(source.description);
    const { pathOf, write } = WRITERS[format];
    const files = source.items.map((item) => ({ item, path: join(out, pathOf(item.name)) }));
    const taken = files.find(({ path }) => existsSync(path));
    if (taken !== undefined && !force)
      throw new UserError(`${taken.path} is already there; replace it with --force, or name another folder with --out`);
    for (const { item, path } of files) {
      await write(item, path);
      const { size } = await stat(path);
      note(`Wrote ${path} (${item.meaning}${format === 'onnx' ? `, ${(size / 1e6).toFixed(1)} MB` : ''})`);
    }
  } finally {
    source.dispose();
  }
}
