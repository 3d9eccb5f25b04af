import type { Modality } from './architecture';
import type { GeneratedRole } from './roles';

/** Which of a model's outputs: the end of the path through both modalities (paper: FR_*), or the direct one (F_*). */
export type Output = 'pathEnd' | 'direct';

/** A way from a real sample of one modality to a generated one of the other. */
export interface Way {
  /** The modality it starts from. */
  readonly from: Modality;
  readonly output: Output;
  /** The samples that decoders make on the way, the last one its end; each takes a latent of its own. */
  readonly passes: readonly GeneratedRole[];
}

/** Every way there is: the ends before the direct outputs, as the paper takes the ends. */
export const WAYS: readonly Way[] = [
  { from: 'A', output: 'pathEnd', passes: ['AA', 'AAV'] },
  { from: 'A', output: 'direct', passes: ['AV'] },
  { from: 'V', output: 'pathEnd', passes: ['VV', 'VVA'] },
  { from: 'V', output: 'direct', passes: ['VA'] },
];

/** The ways of a model that generates these samples. */
export function waysOf(roles: readonly GeneratedRole[]): Way[] {
  return WAYS.filter(({ passes }) => passes.every((role) => roles.includes(role)));
}

/** What a way makes: 'AAV' of A→A→V. */
export function endOf({ passes }: Way): GeneratedRole {
  return passes[passes.length - 1];
}

/** 'A→A→V', the way the paper writes paths. */
export function wayName(way: Way): string {
  return [...endOf(way)].join('→');
}
