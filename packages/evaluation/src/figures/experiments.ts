import { FIGURES, variantsOf } from './figures';

/** One of the paper's experiments, with the trained variants that it needs. */
export interface Experiment {
  readonly name: string;
  readonly title: string;
  /** Variants of the trainer. */
  readonly variants: readonly string[];
}

/** The paper's experiments (section Experiments): its tables, the vote, and its figures. To add one: one row here, or one figure. */
export const EXPERIMENTS: readonly Experiment[] = [
  {
    name: 'sound-to-image',
    title: 'Table 1, sound → image: S2IC, S2I-N, S2I-A, CMCGAN',
    variants: ['cmcgan', 's2ic', 's2i-n', 's2i-a'],
  },
  { name: 'image-to-sound', title: 'Table 1, image → sound: I2S, CMCGAN', variants: ['cmcgan', 'i2s'] },
  { name: 'table2', title: 'Table 2: a missing modality, generated', variants: ['cmcgan'] },
  { name: 'votes', title: 'Human judgement: CMCGAN against S2IC and I2S', variants: ['cmcgan', 's2ic', 'i2s'] },
  ...FIGURES.map((figure) => ({ name: figure.id, title: figure.title, variants: variantsOf(figure) })),
];
