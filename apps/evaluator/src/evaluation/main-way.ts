import type { Modality, Output, Way } from '@cmcgan/model';

/** The item of the way that test time takes from a modality: the path's end where there is one (the paper's FR_*), else the direct output. */
export function mainWay<T extends { readonly way: Way }>(items: readonly T[], from: Modality): T | undefined {
  return wayOf(items, from, 'pathEnd') ?? wayOf(items, from, 'direct');
}

/** The item of a way by where it starts and which output it takes. */
export function wayOf<T extends { readonly way: Way }>(items: readonly T[], from: Modality, output: Output): T | undefined {
  return items.find(({ way }) => way.from === from && way.output === output);
}
