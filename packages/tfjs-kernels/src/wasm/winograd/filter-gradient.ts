import type { backend_util } from '@tensorflow/tfjs-core';
import { Operation, WinogradFilterJob } from '../generated/job-fields';
import type { Heap } from '../heap';
import { step } from '../step';
import type { Step } from '../step';
import { sumSlicesStep } from '../sum-slices';
import { POINT_PLANES, gradientSource, groupsOf, inputSource, phasesOf, planesOf, productPlanes, transformStep } from './planes';
import type { Group } from './planes';
import { DEPTH } from './products';

type Info = backend_util.Conv2DInfo;

/** Maximal number of output channels of a tile: with more, its sums would not fit the scratch memory of assembly/blocking.ts. */
const MOST_COLUMNS = 32;
/** Minimal number of tiles of a group, reached by slices; a slice sums at least this many patches. */
const WANTED_TILES = 16;
const MIN_PATCHES = 64;

/** dw from x and dy. Groups of images, and their slices, write parts of the sum, which the last step adds up. */
export function winogradFilterGradient(
  info: Info,
  x: number,
  dy: number,
  dw: number,
  { heap, tileColumns }: { heap: Heap; tileColumns: number },
): Step[] {
  const { inChannels, outChannels, outHeight, outWidth, batchSize, filterHeight, filterWidth } = info;
  const [image, gradient] = [inputSource(info, x), gradientSource(info, dy)];
  const groups = groupsOf(batchSize, outHeight, outWidth, productPlanes(info) * inChannels + POINT_PLANES * outChannels);
  const planes = (group: Group) => ({
    image: planesOf(image, group, Math.min(DEPTH, inChannels)),
    gradient: planesOf(gradient, group, tileColumns),
  });
  const largest = planes(groups[0]);
  const tiles = tilesOf(inChannels, outChannels, groups);
  const sliceFloats = filterHeight * filterWidth * inChannels * outChannels;
  const sliceCount = tiles.slices * groups.length;
  const data = heap.workspace(largest.image.bytes + largest.gradient.bytes + (sliceCount > 1 ? sliceCount * sliceFloats * 4 : 0));
  const gradients = data + largest.image.bytes;
  const slices = sliceCount > 1 ? gradients + largest.gradient.bytes : dw;
  const steps = groups.flatMap((group, index) => {
    const { image: imagePlanes, gradient: gradientPlanes } = planes(group);
    const product = step(Operation.winogradFilterGradient, WinogradFilterJob, {
      ...{ ...tiles, phases: phasesOf(info), sliceFloats, patches: group.patches, inChannels, outChannels },
      ...{ data, panelPitch: imagePlanes.panelPitch, planePitch: imagePlanes.planePitch, gradient: gradients },
      ...{ gradientPanelPitch: gradientPlanes.panelPitch, gradientPlanePitch: gradientPlanes.planePitch },
      destination: slices + index * tiles.slices * sliceFloats * 4,
    });
    return [transformStep(image, group, imagePlanes, data), transformStep(gradient, group, gradientPlanes, gradients), product];
  });
  return sliceCount > 1 ? [...steps, sumSlicesStep(slices, dw, sliceFloats, sliceCount)] : steps;
}

function tilesOf(inChannels: number, outChannels: number, groups: Group[]) {
  const channelTiles = Math.ceil(inChannels / DEPTH);
  const wide = channelTiles * Math.ceil(outChannels / MOST_COLUMNS) >= WANTED_TILES;
  const columnsPerTile = wide ? MOST_COLUMNS : MOST_COLUMNS / 2;
  const columnTiles = Math.ceil(outChannels / columnsPerTile);
  const tiles = channelTiles * columnTiles;
  // All groups have as many slices as the last, the smallest one, allows.
  const { patches } = groups[groups.length - 1];
  const slices = Math.max(1, Math.min(Math.ceil(WANTED_TILES / tiles), Math.floor(patches / MIN_PATCHES)));
  return { tiles: tiles * slices, columnTiles, channelTiles, columnsPerTile, slices };
}
