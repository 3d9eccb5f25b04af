import type { Modality, Output, Way } from '@cmcgan/model';

/** The two directions of Table 1. */
export type Direction = 'soundToImage' | 'imageToSound';
export const DIRECTIONS = ['soundToImage', 'imageToSound'] as const;

/** What each direction starts from, and what it generates. V: image, A: sound. */
export const MODALITIES: Readonly<Record<Direction, { readonly from: Modality; readonly to: Modality }>> = {
  soundToImage: { from: 'A', to: 'V' },
  imageToSound: { from: 'V', to: 'A' },
};

/** One value for each direction, in their order. */
export function byDirection<T>(valueOf: (direction: Direction) => T): Record<Direction, T> {
  return { soundToImage: valueOf('soundToImage'), imageToSound: valueOf('imageToSound') };
}

/**
 * Of items that each belong to a way: the one that test time takes from a modality, which is the path's end where there is one (the paper's
 * FR_*), and the direct output beside it. Null where no way starts from there.
 */
export function outputsFrom<T extends { readonly way: Way }>(
  items: readonly T[],
  from: Modality,
): { readonly main: T; readonly direct: T | null } | null {
  const find = (output: Output) => items.find(({ way }) => way.from === from && way.output === output);
  const [pathEnd, direct] = [find('pathEnd'), find('direct')];
  if (pathEnd) return { main: pathEnd, direct: direct ?? null };
  return direct ? { main: direct, direct: null } : null;
}

/** The way that test time takes from a modality; null where the model has none. */
export function mainWay(ways: readonly Way[], from: Modality): Way | null {
  const items = ways.map((way) => ({ way }));
  return outputsFrom(items, from)?.main.way ?? null;
}
