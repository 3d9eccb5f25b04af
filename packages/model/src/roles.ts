import type { Modality } from './architecture';

/** A path: from a real sample of the first modality over a generated one of the second to the end, a generated one of the third. */
export type Path = 'VAV' | 'AVA' | 'VVA' | 'AAV';

/** A generated sample, named by the path that led to it: 'VA' is the sound generated from a real image. */
export type GeneratedRole = 'VA' | 'VV' | 'AV' | 'AA' | Path;

/** Whatever a network of the generator is given: a real sample ('V', 'A') or a generated one. */
export type GeneratorRole = Modality | GeneratedRole;

/** What a network's input is, and so which of its moving statistics belong to it: the path so far, or for the discriminator's trunks. */
export type Role = GeneratorRole | 'real' | 'fake';

/** The paths of CMCGAN ('four') and of LCGAN ('two'). */
export const PATHS: Record<'four' | 'two', readonly Path[]> = {
  four: ['VAV', 'AVA', 'VVA', 'AAV'],
  two: ['VAV', 'AVA'],
};

/** Every sample that the paths generate, intermediates before ends. */
export function generatedRoles(paths: readonly Path[]): GeneratedRole[] {
  return [...new Set([...paths.map(intermediateOf), ...paths])];
}

/** The sample that a path generates on its way: 'VA' of 'VAV'. */
export function intermediateOf(path: Path): GeneratedRole {
  return path.slice(0, 2) as GeneratedRole;
}

/** The modality of the sample a role names: its last letter. */
export function modalityOf(role: GeneratorRole): Modality {
  return role[role.length - 1] as Modality;
}

/** What a generated sample was generated from: 'VV' for 'VVA', 'V' for 'VV'. */
export function sourceOf(role: GeneratedRole): GeneratorRole {
  return role.slice(0, -1) as GeneratorRole;
}
