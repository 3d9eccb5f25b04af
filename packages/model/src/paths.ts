import type { Modality } from './architecture';

/** The source and the target modality of each direction. */
export const MODALITIES = {
  soundToImage: { from: 'A', to: 'V' },
  imageToSound: { from: 'V', to: 'A' },
} as const satisfies Record<string, { from: Modality; to: Modality }>;

/** A direction between the modalities. */
export type Direction = keyof typeof MODALITIES;

/** Both directions, in the order of the paper's tables. */
export const DIRECTIONS = Object.keys(MODALITIES) as Direction[];

/**
 * The paths of CMCGAN ('four') and of LCGAN ('two'): each from a real sample of the first modality through a generated one of the second to
 * a generated one of the third, the end.
 */
export const PATHS = {
  four: ['VAV', 'AVA', 'VVA', 'AAV'],
  two: ['VAV', 'AVA'],
} as const;

/** A path: 'VVA' starts from a real image, from which an image is generated, and from that a sound. */
export type Path = (typeof PATHS)[keyof typeof PATHS][number];

/** A generated sample, named by the path that led to it: 'VA' is the sound generated from a real image. */
export type GeneratedRole = `${Modality}${Modality}` | Path;

/** Any input of the generator's networks: a real sample ('V', 'A') or a generated one. */
export type GeneratorRole = Modality | GeneratedRole;

/** What a network's input is, which selects its moving statistics: the path so far, or 'real' or 'fake' for the discriminator's trunks. */
export type Role = GeneratorRole | 'real' | 'fake';

/** An output of a model: the end of the path through both modalities (paper: FR_*), or the direct one (F_*). */
export type Output = 'pathEnd' | 'direct';

/** A way from a real sample of one modality to a generated one of the other. */
export interface Way {
  /** The modality it starts from. */
  readonly from: Modality;
  readonly output: Output;
  /** The samples that decoders generate on the way, the last one being its end; each has its own latent. */
  readonly passes: readonly GeneratedRole[];
}

/** All ways, by direction: first the path's end, which the paper reports, then the direct output. */
export const WAYS: readonly Way[] = Object.values(MODALITIES).flatMap(({ from, to }): Way[] => [
  { from, output: 'pathEnd', passes: [`${from}${from}`, `${from}${from}${to}` as Path] },
  { from, output: 'direct', passes: [`${from}${to}`] },
]);

/** The ways of a model that generates these samples. */
export function waysOf(roles: readonly GeneratedRole[]): Way[] {
  return WAYS.filter(({ passes }) => passes.every((role) => roles.includes(role)));
}

/** The sample at a way's end: 'AAV' of A→A→V. */
export function endOf({ passes }: Way): GeneratedRole {
  return passes[passes.length - 1];
}

/** A path as the paper writes it: 'A→A→V' for 'AAV'. */
export function pathName(role: GeneratedRole): string {
  return [...role].join('→');
}

/** A way as the paper writes its path. */
export function wayName(way: Way): string {
  return pathName(endOf(way));
}

/** Every sample that the paths generate, intermediates before ends. */
export function generatedRoles(paths: readonly Path[]): GeneratedRole[] {
  return [...new Set([...paths.map(intermediateOf), ...paths])];
}

/** The intermediate sample of a path: 'VA' of 'VAV'. */
export function intermediateOf(path: Path): GeneratedRole {
  return path.slice(0, 2) as GeneratedRole;
}

/** The modality of a role's sample: its last letter. */
export function modalityOf(role: GeneratorRole): Modality {
  return role[role.length - 1] as Modality;
}

/** What a generated sample was generated from: 'VV' for 'VVA', 'V' for 'VV'. */
export function sourceOf(role: GeneratedRole): GeneratorRole {
  return role.slice(0, -1) as GeneratorRole;
}

/** The other of the two modalities. */
export function otherModality(modality: Modality): Modality {
  return modality === 'V' ? 'A' : 'V';
}
