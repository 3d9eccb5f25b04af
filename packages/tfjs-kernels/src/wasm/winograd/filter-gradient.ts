import type { backend_util } from '@tensorflow/tfjs-core';
import { Operation, WinogradFilterJob } from '../generated/job-fields';
import type { Heap } from '../heap';
import { step } from '../step';
import type { Step } from '../step';
import { sumSlicesStep } from '../sum-slices';
import {
  DEPTH,
  POINT_PLANES,
  blockPatchesOf,
  dataBytes,
  gradientSource,
  groupsOf,
  inputSource,
  patchFields,
  phasesOf,
  productPlanes,
  transformStep,
} from './planes';

type Info = backend_util.Conv2DInfo;

/** Maximal number of output channels of a tile by phases: with more, its sums would not fit the scratch memory of assembly/blocking.ts. */
const MOST_COLUMNS = [64, 32] as const;
/** Minimal number of tiles of a group, reached by slices; a slice sums at least this many patches. */
const WANTED_TILES = 16;
const MIN_PATCHES = 64;
/** Up to so many tiles of a slice, each transforms the patches for itself, since that takes less time than to write them all. */
const MOST_TRANSFORMS = 2;

/** dw from x and dy. Groups of images, and their slices, write parts of the sum, which the last step adds up. */
export function winogradFilterGradient(
  info: Info,
  x: number,
  dy: number,
  dw: number,
  { heap, tileColumns }: { heap: Heap; tileColumns: number },
): Step[] {
  const { inChannels, outChannels: columns, outHeight: height, outWidth: width, batchSize, filterHeight, filterWidth } = info;
  const [image, gradient] = [inputSource(info, x), gradientSource(info, dy)];
  const tiles = tilesOf(info);
  const keepsData = tiles.channelTiles * tiles.columnTiles > MOST_TRANSFORMS;
  const groups = groupsOf(batchSize, height, width, keepsData ? productPlanes(info) * inChannels + POINT_PLANES * columns : 0);
  const blockPatches = blockPatchesOf(image);
  const slices = slicesOf(tiles.channelTiles * tiles.columnTiles, groups[groups.length - 1].patches, blockPatches);
  const sliceFloats = filterHeight * filterWidth * inChannels * columns;
  const sliceCount = slices * groups.length;
  const fields = (group: (typeof groups)[0], data: number, gradientData: number) => ({
    image: patchFields(image, group, { blockPatches, data }),
    gradient: patchFields(gradient, group, { blockPatches, data: gradientData, panelChannels: tileColumns }),
  });
  const largest = fields(groups[0], 0, 0);
  const [ofImage, ofGradient] = keepsData ? [dataBytes(largest.image), dataBytes(largest.gradient)] : [0, 0];
  const workspace = heap.workspace(ofImage + ofGradient + (sliceCount > 1 ? sliceCount * sliceFloats * 4 : 0));
  const parts = sliceCount > 1 ? workspace + ofImage + ofGradient : dw;
  const steps = groups.flatMap((group, index) => {
    const patches = fields(group, keepsData ? workspace : 0, keepsData ? workspace + ofImage : 0);
    const product = step(Operation.winogradFilterGradient, WinogradFilterJob, {
      ...{
        ...tiles,
        tiles: tiles.channelTiles * tiles.columnTiles * slices,
        phases: phasesOf(info),
        columns,
        slices,
        sliceFloats,
      },
      ...{ destination: parts + index * slices * sliceFloats * 4, height, width },
      ...{ ...patches.image, gradient: patches.gradient.source, gradientData: patches.gradient.data },
    });
    return [...(keepsData ? [transformStep(patches.image), transformStep(patches.gradient)] : []), product];
  });
  return sliceCount > 1 ? [...steps, sumSlicesStep(parts, dw, sliceFloats, sliceCount)] : steps;
}

function tilesOf(info: Info) {
  const { inChannels, outChannels } = info;
  const channelTiles = Math.ceil(inChannels / DEPTH);
  const most = MOST_COLUMNS[phasesOf(info) - 1];
  const columnsPerTile = most;
  return { channelTiles, columnsPerTile, columnTiles: Math.ceil(outChannels / columnsPerTile) };
}

/** All groups have as many slices as the last, the smallest one, allows. */
function slicesOf(tiles: number, patches: number, blockPatches: number): number {
  const most = Math.min(Math.floor(patches / MIN_PATCHES), Math.ceil(patches / blockPatches));
  return Math.max(1, Math.min(Math.ceil(WANTED_TILES / tiles), most));
}
