import type { backend_util } from '@tensorflow/tfjs-core';
import { Operation, WinogradDataJob } from '../generated/job-fields';
import { step } from '../step';
import type { Step } from '../step';

type Info = backend_util.Conv2DInfo;

/** Outputs of a patch along each axis. */
export const PATCH = 4;
/** Points of both axes: planes without phases. */
export const POINT_PLANES = 36;

/** Phases of an axis, in the terms of assembly/winograd-planes.ts. */
export const phasesOf = ({ strideHeight }: Info): number => strideHeight;

/** Planes of a convolution's products, empty ones included. */
export const productPlanes = (info: Info): number => POINT_PLANES * phasesOf(info) ** 2;

/** How patches are transformed: as numbered in assembly/winograd-data.ts; pixels of a patch along an axis, from one to the next. */
const KINDS = {
  strided: { number: 2, size: 11, pixels: 8, planes: 4 * POINT_PLANES },
  dense: { number: 1, size: 6, pixels: 4, planes: POINT_PLANES },
  gradients: { number: 0, size: 4, pixels: 4, planes: POINT_PLANES },
} as const;
/** Floats that a thread transforms at a time. */
const TILE_FLOATS = 16_384;
/** Bytes of planes computed at a time, for as many images as fit. */
const GROUP_BYTES = 16 * 2 ** 20;

/** Images of the batch that are transformed together, and their patches. */
export interface Group {
  first: number;
  images: number;
  patchRows: number;
  patchColumns: number;
  patches: number;
}

/** Cuts the batch into groups whose planes, `floatsPerPatch`, take GROUP_BYTES or less. `height` and `width` count outputs. */
export function groupsOf(batch: number, height: number, width: number, floatsPerPatch: number): Group[] {
  const [patchRows, patchColumns] = [Math.ceil(height / PATCH), Math.ceil(width / PATCH)];
  const most = Math.max(1, Math.floor(GROUP_BYTES / 4 / (patchRows * patchColumns * floatsPerPatch)));
  const groupSize = Math.ceil(batch / Math.ceil(batch / most));
  return Array.from({ length: Math.ceil(batch / groupSize) }, (_, index) => {
    const first = index * groupSize;
    const images = Math.min(groupSize, batch - first);
    return { first, images, patchRows, patchColumns, patches: images * patchRows * patchColumns };
  });
}

/** Images [batch, height, width, channels] whose patches are transformed; the first begins at the origin, negative in padding. */
export interface Source {
  kind: keyof typeof KINDS;
  address: number;
  height: number;
  width: number;
  channels: number;
  originY: number;
  originX: number;
}

/** The image of a convolution. */
export const inputSource = (info: Info, address: number): Source => ({
  ...{ kind: phasesOf(info) === 2 ? 'strided' : 'dense', address, height: info.inHeight, width: info.inWidth },
  ...{ channels: info.inChannels, originY: -info.padInfo.top, originX: -info.padInfo.left },
});

/** The gradient at its outputs, in patches that meet the same patches of the image. */
export const gradientSource = ({ outHeight, outWidth, outChannels }: Info, address: number): Source => ({
  ...{ kind: 'gradients', address, height: outHeight, width: outWidth, channels: outChannels, originY: 0, originX: 0 },
});

/** The layout of planes: panels of `panelChannels` channels of every patch. Pitches count floats. */
export interface Planes {
  panelChannels: number;
  panelPitch: number;
  planePitch: number;
  bytes: number;
}

/** At least `floats`, an odd number of cache lines, so that neighbours don't share a set of the cache. */
const oddLines = (floats: number): number => (Math.ceil(floats / 16) | 1) * 16;

export function planesOf({ kind, channels }: Source, { patches }: Group, panelChannels: number): Planes {
  const panelPitch = oddLines(patches * panelChannels);
  const planePitch = oddLines(Math.ceil(channels / panelChannels) * panelPitch);
  return { panelChannels, panelPitch, planePitch, bytes: KINDS[kind].planes * planePitch * 4 };
}

/** Transforms the patches of a group. */
export function transformStep(source: Source, group: Group, { panelChannels, panelPitch, planePitch }: Planes, to: number): Step {
  const { address, height, width, channels, originY, originX } = source;
  const { number: kind, size: patchSize, pixels } = KINDS[source.kind];
  const patchesPerTile = Math.max(1, Math.floor(TILE_FLOATS / (patchSize * patchSize * channels)));
  return step(Operation.winogradData, WinogradDataJob, {
    ...{ tiles: Math.ceil(group.patches / patchesPerTile), patchesPerTile, kind, patches: group.patches },
    ...{ patchRows: group.patchRows, patchColumns: group.patchColumns, patchSize, step: pixels, originY, originX },
    ...{ source: address + group.first * height * width * channels * 4, height, width, channels },
    ...{ destination: to, panelChannels, panelPitch, planePitch },
  });
}
