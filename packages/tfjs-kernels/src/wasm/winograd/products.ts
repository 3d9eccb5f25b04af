import type { backend_util } from '@tensorflow/tfjs-core';
import { NO_EPILOGUE } from '../epilogue';
import type { EpilogueFields } from '../epilogue';
import { Operation, WinogradProductJob } from '../generated/job-fields';
import type { Heap, JobOf } from '../heap';
import { step } from '../step';
import type { Step } from '../step';
import { groupsOf, inputSource, phasesOf, planesOf, productPlanes, transformStep } from './planes';
import type { Group, Planes, Source } from './planes';

type Info = backend_util.Conv2DInfo;
type Job = JobOf<typeof WinogradProductJob>;
/** What a product has besides its tiles and its operands. */
type Product = Pick<Job, 'phases' | 'isInputGradient' | 'weights' | 'destination' | 'height' | 'width' | 'columns'> &
  EpilogueFields;

/** WINOGRAD_DEPTH of assembly/blocking.ts. */
export const DEPTH = 32;
/** Maximal patches of a tile, and columns: with more, its sums and filters would not fit the scratch memory of assembly/blocking.ts. */
const MOST_PATCHES = 64;
const MOST_COLUMNS = { onePhase: 64, forward: 32, inputGradient: 16 } as const;
/** Minimal number of tiles of a product, if that leaves them 16 patches and 16 columns. */
const WANTED_TILES = 16;
/** Transformed filters of this many bytes at most are written to memory once, where otherwise several tiles would transform them. */
const MOST_FILTER_BYTES = 4 * 2 ** 20;

/** Where planes of data and transformed filters lie. */
interface Workspace {
  data: number;
  filters: number;
}

/** y = activation(x ⋆ filter + bias). */
export function winogradForward(
  info: Info,
  x: number,
  weights: number,
  y: number,
  { heap, tileColumns, epilogue = NO_EPILOGUE }: { heap: Heap; tileColumns: number; epilogue?: EpilogueFields },
): Step[] {
  const { outHeight: height, outWidth: width, outChannels: columns } = info;
  const product = { phases: phasesOf(info), isInputGradient: 0, weights, destination: y, height, width, columns, ...epilogue };
  return productSteps(info, inputSource(info, x), product, { heap, tileColumns });
}

/** dx from dy and the filter. */
export function winogradInputGradient(
  info: Info,
  dy: number,
  weights: number,
  dx: number,
  { heap, tileColumns }: { heap: Heap; tileColumns: number },
): Step[] {
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
  return productSteps(info, source, product, { heap, tileColumns });
}

/** The first output that the first inputs meet, along both axes. */
function originOfGradient(info: Info): { originY: number; originX: number } {
  if (phasesOf(info) === 2) return { originY: -1, originX: -1 };
  return { originY: info.padInfo.top - 2, originX: info.padInfo.left - 2 };
}

function productSteps(
  info: Info,
  source: Source,
  product: Product,
  { heap, tileColumns }: { heap: Heap; tileColumns: number },
): Step[] {
  const { isInputGradient, phases, height, width, columns } = product;
  const panelChannels = Math.min(DEPTH, source.channels);
  const spread = isInputGradient ? phases : 1; // from one output of a patch to the next
  const planeCount = isInputGradient ? productPlanes(info) / phases ** 2 : productPlanes(info);
  const groups = groupsOf(info.batchSize, Math.ceil(height / spread), Math.ceil(width / spread), planeCount * source.channels);
  const tiles = groups.map((group) => tilesOf(group, product));
  const filterBytes = filterBytesOf(info, source.channels, columns, tileColumns);
  const filterUses = tiles.reduce((sum, { patchTiles }) => sum + patchTiles, 0);
  const keepsFilters = filterUses > 1 && filterBytes <= MOST_FILTER_BYTES;
  const dataBytes = planesOf(source, groups[0], panelChannels).bytes;
  const data = heap.workspace(dataBytes + (keepsFilters ? filterBytes : 0));
  const workspace = { data, filters: keepsFilters ? data + dataBytes : 0 };
  const steps = groups.flatMap((group, index) => {
    const planes = planesOf(source, group, panelChannels);
    const job = jobOf(product, source, { group, tiles: tiles[index], planes, workspace });
    const operation = isInputGradient ? Operation.winogradInputGradient : Operation.winogradForward;
    return [transformStep(source, group, planes, data), step(operation, WinogradProductJob, job)];
  });
  return keepsFilters ? [filterStep(steps[1].job as Job, tileColumns), ...steps] : steps;
}

type Tiles = Pick<Job, 'tiles' | 'columnTiles' | 'patchesPerTile' | 'columnsPerTile'> & { patchTiles: number };

function jobOf(
  product: Product,
  { channels, height, width }: Source,
  { group, tiles, planes, workspace }: { group: Group; tiles: Tiles; planes: Planes; workspace: Workspace },
): Job {
  const image = product.height * product.width * product.columns * 4;
  return {
    ...{ ...product, destination: product.destination + group.first * image },
    ...{ tiles: tiles.tiles, columnTiles: tiles.columnTiles },
    ...{ patchesPerTile: tiles.patchesPerTile, columnsPerTile: tiles.columnsPerTile },
    ...{ patches: group.patches, patchRows: group.patchRows, patchColumns: group.patchColumns },
    ...{ depth: channels, ...workspace, panelPitch: planes.panelPitch, planePitch: planes.planePitch },
  };
}

/** Cuts a product into tiles as large as the scratch memory allows, but several for each thread. */
function tilesOf({ patches }: Group, { phases, isInputGradient, columns }: Product): Tiles {
  const most = phases === 1 ? MOST_COLUMNS.onePhase : isInputGradient ? MOST_COLUMNS.inputGradient : MOST_COLUMNS.forward;
  let [patchesPerTile, columnsPerTile]: number[] = [MOST_PATCHES, most];
  const columnTiles = (): number => Math.ceil(columns / columnsPerTile);
  const patchTiles = (): number => Math.ceil(patches / patchesPerTile);
  while (patchTiles() * columnTiles() < WANTED_TILES && columnsPerTile > 16) columnsPerTile /= 2;
  while (patchTiles() * columnTiles() < WANTED_TILES && patchesPerTile > 16) patchesPerTile /= 2;
  const tiles = patchTiles() * columnTiles();
  return { tiles, columnTiles: columnTiles(), patchTiles: patchTiles(), patchesPerTile, columnsPerTile };
}

/** Transforms all filters of a product; see assembly/winograd-filters.ts. */
function filterStep(product: Job, tileColumns: number): Step {
  const tiles = Math.ceil(product.depth / DEPTH) * Math.ceil(product.columns / tileColumns);
  return step(Operation.winogradFilters, WinogradProductJob, { ...product, tiles });
}

/** Bytes of all transformed filters: planes of [depth][tileColumns], and 64 bytes between planes. */
function filterBytesOf(info: Info, depth: number, columns: number, tileColumns: number): number {
  const planes = Math.ceil(columns / tileColumns) * productPlanes(info);
  return planes * (depth * tileColumns * 4 + Math.ceil(depth / DEPTH) * 64);
}
