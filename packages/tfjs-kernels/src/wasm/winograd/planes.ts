import type { backend_util } from '@tensorflow/tfjs-core';
import { Operation, WinogradDataJob } from '../generated/job-fields';
import type { WinogradPatches } from '../generated/job-fields';
import type { JobOf } from '../heap';
import { step } from '../step';
import type { Step } from '../step';

type Info = backend_util.Conv2DInfo;
/** Patches of a group of images as fields of a job. */
export type PatchFields = JobOf<typeof WinogradPatches>;

/** Outputs of a patch along each axis. */
export const PATCH = 4;
/** Points of both axes: planes without phases. */
export const POINT_PLANES = 36;
/** WINOGRAD_DEPTH of assembly/blocking.ts. */
export const DEPTH = 32;

/** Phases of an axis, in the terms of assembly/winograd-planes.ts. */
export const phasesOf = ({ strideHeight }: Info): number => strideHeight;

/** Planes of a convolution's products, empty ones included. */
export const productPlanes = (info: Info): number => POINT_PLANES * phasesOf(info) ** 2;

/** How patches are transformed, as numbered in assembly/winograd-data.ts, and to how many planes. */
const KINDS = {
  gradients: { number: 0, planes: POINT_PLANES },
  dense: { number: 1, planes: POINT_PLANES },
  strided: { number: 2, planes: 4 * POINT_PLANES },
} as const;
/** Floats between planes. */
const PAD_FLOATS = 16;
/** Bytes of planes that are kept for all tiles at a time, for as many images as fit. */
const GROUP_BYTES = 16 * 2 ** 20;
/** Floats of a block's panel, if that leaves it FEWEST_PATCHES. */
const BLOCK_FLOATS = 64 * 1024;
const MOST_PATCHES = 64;
const FEWEST_PATCHES = 16;

/** Images of the batch that are processed together, and their patches. */
export interface Group {
  first: number;
  images: number;
  patchRows: number;
  patchColumns: number;
  patches: number;
}

/**
 * Cuts the batch into groups whose planes, `floatsPerPatch`, take GROUP_BYTES or less; 0: they are not kept. `height` and `width` count
 * outputs.
 */
export function groupsOf(batch: number, height: number, width: number, floatsPerPatch: number): Group[] {
  const [patchRows, patchColumns] = [Math.ceil(height / PATCH), Math.ceil(width / PATCH)];
  const most = Math.max(1, Math.floor(GROUP_BYTES / 4 / (patchRows * patchColumns * floatsPerPatch)));
  const groupSize = Math.ceil(batch / Math.max(1, Math.ceil(batch / most)));
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

/** Patches of a block: as many as stay in the second-level cache with all planes of a panel. */
export function blockPatchesOf({ kind, channels }: Source, panelChannels = Math.min(DEPTH, channels)): number {
  const fitting = Math.floor(BLOCK_FLOATS / (KINDS[kind].planes * panelChannels) / 16) * 16;
  return Math.min(MOST_PATCHES, Math.max(FEWEST_PATCHES, fitting));
}

/** A group's patches; `data` is where they are transformed, 0: in the tiles. */
export function patchFields(
  source: Source,
  group: Group,
  {
    blockPatches,
    data,
    panelChannels = Math.min(DEPTH, source.channels),
  }: { blockPatches: number; data: number; panelChannels?: number },
): PatchFields {
  const { height: sourceHeight, width: sourceWidth, channels: sourceChannels, originY, originX } = source;
  const { patches, patchRows, patchColumns } = group;
  return {
    ...{ kind: KINDS[source.kind].number, originY, originX },
    ...{ source: source.address + group.first * sourceHeight * sourceWidth * sourceChannels * 4 },
    ...{ sourceHeight, sourceWidth, sourceChannels, patches, patchRows, patchColumns, blockPatches, panelChannels, data },
  };
}

const panelsOf = ({ patches, blockPatches, sourceChannels, panelChannels }: PatchFields): number =>
  Math.ceil(patches / blockPatches) * Math.ceil(sourceChannels / panelChannels);

/** Bytes of all transformed patches. */
export const dataBytes = (fields: PatchFields): number =>
  panelsOf(fields) * POINT_PLANES * Math.max(1, fields.kind) ** 2 * (fields.blockPatches * fields.panelChannels + PAD_FLOATS) * 4;

/** Transforms all patches. */
export const transformStep = (fields: PatchFields): Step =>
  step(Operation.winogradData, WinogradDataJob, { tiles: panelsOf(fields), ...fields });
