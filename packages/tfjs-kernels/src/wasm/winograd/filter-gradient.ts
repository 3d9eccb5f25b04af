import { util } from '@tensorflow/tfjs-core';
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
import type { Group } from './planes';

type Info = backend_util.Conv2DInfo;

/** Maximal number of output channels of a tile by phases: with more, its sums would not fit the scratch memory of assembly/blocking.ts. */
const MOST_COLUMNS = [64, 32] as const;
/** Minimal number of tiles of a group, reached by slices; a slice sums at least this many patches. */
const WANTED_TILES = 16;
const MIN_PATCHES = 64;
/** Up to so many tiles of a slice, each transforms the patches for itself, since that takes less time than to write them all. */
const MOST_TRANSFORMS = 2;

interface Options {
  heap: Heap;
  tileColumns: number;
}

/** dw from x and dy. Groups of images, and their slices, write parts of the sum, which the last step adds up. */
export function winogradFilterGradient(info: Info, x: number, dy: number, dw: number, { heap, tileColumns }: Options): Step[] {
  const plan = planOf(info);
  const { groups, keepsData, slices } = plan;
  const patchesOf = (group: Group) => patchesIn(info, group, x, dy, tileColumns);
  const largest = patchesOf(groups[0]);
  const [ofImage, ofGradient] = keepsData ? [dataBytes(largest.image), dataBytes(largest.gradient)] : [0, 0];
  const sliceFloats = util.sizeFromShape(info.filterShape);
  const sliceCount = slices * groups.length;
  const workspace = heap.workspace(ofImage + ofGradient + (sliceCount > 1 ? sliceCount * sliceFloats * 4 : 0));
  const parts = sliceCount > 1 ? workspace + ofImage + ofGradient : dw;
  const steps = groups.flatMap((group, index) => {
    const { image, gradient } = patchesOf(group);
    if (keepsData) [image.data, gradient.data] = [workspace, workspace + ofImage];
    const destination = parts + index * slices * sliceFloats * 4;
    const product = step(Operation.winogradFilterGradient, WinogradFilterJob, {
      ...{ ...plan.tiles, phases: phasesOf(info), columns: info.outChannels, slices, sliceFloats, destination },
      ...{ height: info.outHeight, width: info.outWidth, ...image, gradient: gradient.source, gradientData: gradient.data },
    });
    return keepsData ? [transformStep(image), transformStep(gradient), product] : [product];
  });
  return sliceCount > 1 ? [...steps, sumSlicesStep(parts, dw, sliceFloats, sliceCount)] : steps;
}

/** The patches of a group, transformed in the tiles unless their `data` is set. */
function patchesIn(info: Info, group: Group, x: number, dy: number, tileColumns: number) {
  const image = inputSource(info, x);
  const layout = { blockPatches: blockPatchesOf(image), data: 0 };
  const gradient = patchFields(gradientSource(info, dy), group, { ...layout, panelChannels: tileColumns });
  return { image: patchFields(image, group, layout), gradient };
}

/** Cuts the sums into tiles, and the patches into groups and slices. All groups have as many slices as the last, the smallest, allows. */
function planOf(info: Info) {
  const { inChannels, outChannels, batchSize, outHeight, outWidth } = info;
  const channelTiles = Math.ceil(inChannels / DEPTH);
  const columnsPerTile = MOST_COLUMNS[phasesOf(info) - 1];
  const columnTiles = Math.ceil(outChannels / columnsPerTile);
  const tiles = channelTiles * columnTiles;
  const keepsData = tiles > MOST_TRANSFORMS;
  const floatsPerPatch = productPlanes(info) * inChannels + POINT_PLANES * outChannels;
  const groups = groupsOf(batchSize, outHeight, outWidth, keepsData ? floatsPerPatch : 0);
  const most = Math.floor(groups[groups.length - 1].patches / MIN_PATCHES);
  const slices = Math.max(1, Math.min(Math.ceil(WANTED_TILES / tiles), most));
  return { groups, keepsData, slices, tiles: { tiles: tiles * slices, channelTiles, columnTiles, columnsPerTile } };
}
