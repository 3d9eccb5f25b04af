import type { backend_util } from '@tensorflow/tfjs-core';
import { NO_EPILOGUE } from '../epilogue';
import type { EpilogueFields } from '../epilogue';
import { Operation, WinogradProductJob } from '../generated/job-fields';
import type { Heap, JobOf } from '../heap';
import { step } from '../step';
import type { Step } from '../step';
import {
  DEPTH,
  blockPatchesOf,
  dataBytes,
  groupsOf,
  inputSource,
  patchFields,
  phasesOf,
  productPlanes,
  transformStep,
} from './planes';
import type { Source } from './planes';

type Info = backend_util.Conv2DInfo;
type Job = JobOf<typeof WinogradProductJob>;
/** What a product has besides its tiles and its patches. */
type Product = Pick<Job, 'phases' | 'isInputGradient' | 'weights' | 'destination' | 'height' | 'width' | 'columns'> &
  EpilogueFields;

/** Maximal number of columns of a tile: with more, its sums and filters would not fit the scratch memory of assembly/blocking.ts. */
const MOST_COLUMNS = { onePhase: 64, forward: 32, inputGradient: 16 } as const;
const FEWEST = { columns: 16, patches: 16 } as const;
/** Minimal number of tiles of a product, if that leaves them the fewest columns and patches. */
const WANTED_TILES = 16;
/** Up to so many tiles of columns, each transforms a block's patches for itself, since that takes less time than to write them all. */
const MOST_TRANSFORMS = 2;
/** Patches of a block, at least, whose planes are written to memory: the more, the fewer times filters are transformed or read. */
const KEPT_PATCHES = 64;
/** Transformed filters of this many bytes at most are written to memory once, where otherwise several tiles would transform them. */
const MOST_FILTER_BYTES = 4 * 2 ** 20;

interface Options {
  heap: Heap;
  tileColumns: number;
  epilogue?: EpilogueFields;
}

/** y = activation(x ⋆ filter + bias). */
export function winogradForward(info: Info, x: number, weights: number, y: number, options: Options): Step[] {
  const { outHeight: height, outWidth: width, outChannels: columns } = info;
  const { epilogue = NO_EPILOGUE } = options;
  const product = { phases: phasesOf(info), isInputGradient: 0, weights, destination: y, height, width, columns, ...epilogue };
  return productSteps(info, inputSource(info, x), product, options);
}

/** dx from dy and the filter. */
export function winogradInputGradient(info: Info, dy: number, weights: number, dx: number, options: Options): Step[] {
  const { inHeight: height, inWidth: width, inChannels: columns, outHeight, outWidth, outChannels } = info;
  const source: Source = {
    ...{ kind: 'dense', address: dy, height: outHeight, width: outWidth, channels: outChannels },
    ...originOfGradient(info),
  };
  const product = {
    phases: phasesOf(info),
    isInputGradient: 1,
    weights,
    destination: dx,
    height,
    width,
    columns,
    ...NO_EPILOGUE,
  };
  return productSteps(info, source, product, options);
}

/** The first output that the first inputs meet, along both axes. */
function originOfGradient(info: Info): { originY: number; originX: number } {
  if (phasesOf(info) === 2) return { originY: -1, originX: -1 };
  return { originY: info.padInfo.top - 2, originX: info.padInfo.left - 2 };
}

function productSteps(info: Info, source: Source, product: Product, { heap, tileColumns }: Options): Step[] {
  const { isInputGradient, phases, height, width, columns } = product;
  const spread = isInputGradient ? phases : 1; // from one output of a patch to the next
  const [rows, rowOutputs] = [Math.ceil(height / spread), Math.ceil(width / spread)];
  const [whole] = groupsOf(info.batchSize, rows, rowOutputs, 0);
  let tiles = tilesOf(whole.patches, blockPatchesOf(source), product);
  const keepsData = tiles.columnTiles > MOST_TRANSFORMS;
  if (keepsData) tiles = tilesOf(whole.patches, KEPT_PATCHES, product);
  const { blockPatches, columnTiles } = tiles;
  const planeCount = isInputGradient ? productPlanes(info) / phases ** 2 : productPlanes(info);
  const groups = groupsOf(info.batchSize, rows, rowOutputs, keepsData ? planeCount * source.channels : 0);
  const ofData = keepsData ? dataBytes(patchFields(source, groups[0], { blockPatches, data: 0 })) : 0;
  const filterBytes = filterBytesOf(info, source.channels, columns, tileColumns);
  const keepsFilters = whole.patches > blockPatches && filterBytes <= MOST_FILTER_BYTES;
  const workspace = heap.workspace(ofData + (keepsFilters ? filterBytes : 0));
  const filters = keepsFilters ? workspace + ofData : 0;
  const steps = groups.flatMap((group) => {
    const patches = patchFields(source, group, { blockPatches, data: keepsData ? workspace : 0 });
    const destination = product.destination + group.first * height * width * columns * 4;
    const blocks = Math.ceil(group.patches / blockPatches);
    const job = { ...product, ...patches, ...tiles, tiles: blocks * columnTiles, filters, destination };
    const operation = isInputGradient ? Operation.winogradInputGradient : Operation.winogradForward;
    return [...(keepsData ? [transformStep(patches)] : []), step(operation, WinogradProductJob, job)];
  });
  return keepsFilters ? [filterStep(steps[steps.length - 1].job as Job, tileColumns), ...steps] : steps;
}

/** Cuts a product into tiles as large as the scratch memory allows, but several for each thread. */
function tilesOf(patches: number, mostPatches: number, { phases, isInputGradient, columns }: Product) {
  const most = phases === 1 ? MOST_COLUMNS.onePhase : isInputGradient ? MOST_COLUMNS.inputGradient : MOST_COLUMNS.forward;
  let [blockPatches, columnsPerTile]: number[] = [mostPatches, most];
  const columnTiles = (): number => Math.ceil(columns / columnsPerTile);
  const tiles = (): number => Math.ceil(patches / blockPatches) * columnTiles();
  while (tiles() < WANTED_TILES && blockPatches > FEWEST.patches) blockPatches -= 16;
  while (tiles() < WANTED_TILES && columnsPerTile > FEWEST.columns) columnsPerTile /= 2;
  return { blockPatches, columnsPerTile, columnTiles: columnTiles() };
}

/** Transforms all filters of a product; see assembly/winograd-filters.ts. */
function filterStep(product: Job, tileColumns: number): Step {
  const tiles = Math.ceil(product.sourceChannels / DEPTH) * Math.ceil(product.columns / tileColumns);
  return step(Operation.winogradFilters, WinogradProductJob, { ...product, tiles });
}

/** Bytes of all transformed filters: planes of [depth][tileColumns], and 64 bytes between planes. */
function filterBytesOf(info: Info, depth: number, columns: number, tileColumns: number): number {
  const planes = Math.ceil(columns / tileColumns) * productPlanes(info);
  return planes * (depth * tileColumns * 4 + Math.ceil(depth / DEPTH) * 64);
}
