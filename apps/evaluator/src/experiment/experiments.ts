/** One row of the paper's experiments, and the trained variants that it takes. */
export interface Experiment {
  readonly name: string;
  readonly title: string;
  /** Variants of the trainer. */
  readonly variants: readonly string[];
}

/** The paper's experiments (section Experiments). To add one: one row. */
export const EXPERIMENTS: readonly Experiment[] = [
  {
    name: 'sound-to-image',
    title: 'Table 1, sound → image: S2IC, S2I-N, S2I-A, CMCGAN',
    variants: ['cmcgan', 's2ic', 's2i-n', 's2i-a'],
  },
  { name: 'image-to-sound', title: 'Table 1, image → sound: I2S, CMCGAN', variants: ['cmcgan', 'i2s'] },
  { name: 'table2', title: 'Table 2: a missing modality, generated', variants: ['cmcgan'] },
  { name: 'votes', title: 'Human judgement: CMCGAN against S2IC and I2S', variants: ['cmcgan', 's2ic', 'i2s'] },
  { name: 'fig2', title: 'Figure 2: beside S2IC and I2S', variants: ['cmcgan', 's2ic', 'i2s'] },
  { name: 'fig3', title: 'Figure 3: paths of LCGAN and CMCGAN', variants: ['lcgan', 'cmcgan'] },
  {
    name: 'fig4',
    title: 'Figure 4: CMCGAN-5, 6, 7 and NLCMCGAN-5, 6, 7',
    variants: ['cmcgan-5', 'cmcgan-6', 'cmcgan', 'nlcmcgan-5', 'nlcmcgan-6', 'nlcmcgan-7'],
  },
  { name: 'fig5', title: 'Figure 5: standard against joint adversarial loss', variants: ['standard-loss', 'cmcgan'] },
];

/** The main run stands first wherever runs are listed. */
const MAIN_VARIANT = 'cmcgan';

/** The variants that experiments take, each once, the main one first. */
export function variantsOf(experiments: readonly Experiment[]): string[] {
  const all = new Set(experiments.flatMap(({ variants }) => variants));
  return [...all].sort((a, b) => Number(b === MAIN_VARIANT) - Number(a === MAIN_VARIANT));
}
