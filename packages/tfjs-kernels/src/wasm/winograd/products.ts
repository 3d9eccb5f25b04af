import type { backend_util } from '@tensorflow/tfjs-core';
import { Operation, WinogradProductJob } from '../generated/job-fields';
import type { Heap } from '../heap';
import { step } from '../step';
import type { Step } from '../step';
import { POINT_PLANES, PRODUCT_PLANES, groupsOf, planesOf, transformStep } from './planes';
import type { Group, Source } from './planes';

type Info = backend_util.Conv2DInfo;

/** WINOGRAD_DEPTH of assembly/blocking.ts. */
export const DEPTH = 32;
/** Maximal patches and columns of a tile: with more, its sums and filters would not fit the scratch memory of assembly/blocking.ts. */
const FORWARD = { patches: 64, columns: 32 } as const;
const INPUT_GRADIENT = { patches: 64, columns: 16 } as const;
/** Minimal number of tiles of a product, if that leaves them 16 patches and 16 columns. */
const WANTED_TILES = 16;

/** y = x ⋆ filter. */
export function winogradForward(info: Info, x: number, weights: number, y: number, heap: Heap): Step[] {
  const { outHeight: height, outWidth: width, outChannels: columns } = info;
  const source = inputSource(info, x);
  const groups = groupsOf(info.batchSize, height, width, PRODUCT_PLANES * source.channels);
  return productSteps(Operation.winogradForward, source, groups, { weights, address: y, height, width, columns }, FORWARD, heap);
}

/** dx from dy and the filter. */
export function winogradInputGradient(info: Info, dy: number, weights: number, dx: number, heap: Heap): Step[] {
  const { inHeight: height, inWidth: width, inChannels: columns } = info;
  const source = { ...gradientSource(info, dy), kind: 'dense', originY: -1, originX: -1 } as const;
  const groups = groupsOf(info.batchSize, Math.ceil(height / 2), Math.ceil(width / 2), POINT_PLANES * source.channels);
  const destination = { weights, address: dx, height, width, columns };
  return productSteps(Operation.winogradInputGradient, source, groups, destination, INPUT_GRADIENT, heap);
}

export const inputSource = ({ inHeight, inWidth, inChannels, padInfo }: Info, address: number): Source => ({
  ...{ kind: 'strided', address, height: inHeight, width: inWidth, channels: inChannels },
  ...{ originY: -padInfo.top, originX: -padInfo.left },
});

export const gradientSource = ({ outHeight, outWidth, outChannels }: Info, address: number): Source => ({
  ...{ kind: 'gradients', address, height: outHeight, width: outWidth, channels: outChannels, originY: 0, originX: 0 },
});

/** The result, images [batch, height, width, columns], and the filter. */
interface Destination {
  weights: number;
  address: number;
  height: number;
  width: number;
  columns: number;
}

function productSteps(
  operation: number,
  source: Source,
  groups: Group[],
  { weights, address, height, width, columns }: Destination,
  most: { patches: number; columns: number },
  heap: Heap,
): Step[] {
  const panelChannels = Math.min(DEPTH, source.channels);
  const data = heap.workspace(planesOf(source, groups[0], panelChannels).bytes);
  return groups.flatMap((group) => {
    const planes = planesOf(source, group, panelChannels);
    const { panelPitch, planePitch } = planes;
    const product = step(operation, WinogradProductJob, {
      ...tilesOf(group, columns, most),
      ...{ depth: source.channels, columns, data, panelPitch, planePitch },
      ...{ weights, destination: address + group.first * height * width * columns * 4, height, width },
    });
    return [transformStep(source, group, planes, data), product];
  });
}

/** Cuts a product into tiles as large as the scratch memory allows, but several for each thread. */
function tilesOf({ patches, patchRows, patchColumns }: Group, columns: number, most: { patches: number; columns: number }) {
  let [patchesPerTile, columnsPerTile] = [most.patches, most.columns];
  const columnTiles = (): number => Math.ceil(columns / columnsPerTile);
  const tiles = (): number => Math.ceil(patches / patchesPerTile) * columnTiles();
  while (tiles() < WANTED_TILES && columnsPerTile > 16) columnsPerTile /= 2;
  while (tiles() < WANTED_TILES && patchesPerTile > 16) patchesPerTile /= 2;
  return { tiles: tiles(), columnTiles: columnTiles(), patchesPerTile, columnsPerTile, patches, patchRows, patchColumns };
}
