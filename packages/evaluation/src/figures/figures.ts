import type { GeneratedRole } from '@cmcgan/model';
import type { ModelSamples } from '../samples/generate-samples';

/** One row of a figure: the samples of a variant in these roles. */
export interface FigureRow {
  readonly label: string;
  /** The trainer's name for this model of the paper. */
  readonly variant: string;
  readonly image?: GeneratedRole;
  readonly sound?: GeneratedRole;
}

/** A figure of the paper. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  readonly lead: string;
  readonly rows: readonly FigureRow[];
}

const pathEnds = { image: 'AAV', sound: 'VVA' } as const;
const depths = (family: 'CMCGAN' | 'NLCMCGAN'): FigureRow[] =>
  [5, 6, 7].map((depth) => ({
    label: `${family}\u2011${depth}`, // a hyphen that no line breaks at
    variant: `${family.toLowerCase()}-${depth}`,
    ...pathEnds,
  }));

/** The paper's figures with generated samples. To add one: one row. */
export const FIGURES: readonly Figure[] = [
  {
    id: 'fig2',
    title: 'Figure 2: CMCGAN and the existing models',
    lead: 'Images generated from test sounds, sounds generated from test images, and the true ones.',
    rows: [
      { label: 'S2IC', variant: 's2ic', image: 'AV' },
      { label: 'I2S', variant: 'i2s', sound: 'VA' },
      { label: 'CMCGAN', variant: 'cmcgan', ...pathEnds },
    ],
  },
  {
    id: 'fig3',
    title: 'Figure 3: what the paths do',
    lead: 'F: directly from the other modality; RF: through the other modality and back; FR: through the same modality to the other.',
    rows: [
      { label: 'LCGAN F (A→V, V→A)', variant: 'lcgan', image: 'AV', sound: 'VA' },
      { label: 'LCGAN RF (V→A→V, A→V→A)', variant: 'lcgan', image: 'VAV', sound: 'AVA' },
      { label: 'CMCGAN FR (A→A→V, V→V→A)', variant: 'cmcgan', ...pathEnds },
    ],
  },
  {
    id: 'fig4',
    title: 'Figure 4: depth, and the latent Z',
    lead: 'Encoders and decoders of five, six and seven convolutions, with Z and without (NLCMCGAN).',
    rows: [...depths('CMCGAN'), ...depths('NLCMCGAN')],
  },
  {
    id: 'fig5',
    title: 'Figure 5: the adversarial loss',
    lead: 'A discriminator of each modality that judges realism alone, against the joint one that also judges whether image and sound belong together.',
    rows: [
      { label: 'standard', variant: 'standard-loss', ...pathEnds },
      { label: 'joint corresponding', variant: 'cmcgan', ...pathEnds },
    ],
  },
];

/** The variants that a figure shows, without repetition. */
export function variantsOf({ rows }: Pick<Figure, 'rows'>): string[] {
  return [...new Set(rows.map(({ variant }) => variant))];
}

/** A labelled row of a grid: one cell for each pair. */
export interface GridRow<Cell> {
  readonly label: string;
  /** What the label means. */
  readonly about?: string;
  readonly cells: readonly Cell[];
}

/** A figure as data: rows of images and of sounds, the true ones first, a column for each pair. */
export interface FigureGrid<Image, Sound> {
  readonly images: readonly GridRow<Image>[];
  readonly sounds: readonly GridRow<Sound>[];
}

/** The samples that figures show: real pairs, and what each variant generated from them, in any form that cells should have. */
export interface FigureSamples<Image, Sound> {
  readonly real: readonly { readonly image: Image; readonly sound: Sound }[];
  readonly byVariant: Readonly<Partial<Record<string, ModelSamples<Image, Sound>>>>;
}

/** Lays out a figure. Variants without samples get no rows. */
export function figureGrid<Image, Sound>(
  { rows }: Pick<Figure, 'rows'>,
  { real, byVariant }: FigureSamples<Image, Sound>,
): FigureGrid<Image, Sound> {
  const rowOf = <Cell>(label: string, cells: readonly Cell[] | undefined) => (cells ? [{ label, cells }] : []);
  return {
    images: [
      { label: 'true image', cells: real.map(({ image }) => image) },
      ...rows.flatMap(({ label, variant, image }) => rowOf(label, image && byVariant[variant]?.images[image])),
    ],
    sounds: [
      { label: 'true sound', cells: real.map(({ sound }) => sound) },
      ...rows.flatMap(({ label, variant, sound }) => rowOf(label, sound && byVariant[variant]?.sounds[sound])),
    ],
  };
}
