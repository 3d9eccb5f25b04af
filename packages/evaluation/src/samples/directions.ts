import { DIRECTIONS, type Direction, type Modality, type Output, type Way } from '@cmcgan/model';

/** One value for each direction, in the order of the paper's tables. */
export function byDirection<T>(valueOf: (direction: Direction) => T): Record<Direction, T> {
  return Object.fromEntries(DIRECTIONS.map((direction) => [direction, valueOf(direction)])) as Record<Direction, T>;
}

/**
 * Finds, among items that each belong to a way, the one used at test time for a source modality: that of the path's end if there is one
 * (the paper's FR_*), else that of the direct output. If both exist, `direct` is the second. Null if no way starts from the modality.
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

/** The way used at test time from a modality; null if the model has none. */
export function mainWay(ways: readonly Way[], from: Modality): Way | null {
  const items = ways.map((way) => ({ way }));
  return outputsFrom(items, from)?.main.way ?? null;
}
