import type { Direction } from '@cmcgan/model';

/** The columns of Table 2: the modalities that are given; G marks one that was generated from the other. */
export type Table2Column = 'V' | 'A' | 'V-A' | 'GV-A' | 'GA-V';

export const TABLE2_COLUMNS = ['V', 'A', 'V-A', 'GV-A', 'GA-V'] as const;

const CMCGAN = {
  soundToImage: { train: 0.9105, test: 0.7661 },
  imageToSound: { train: 0.8109, test: 0.5189 },
};

/** Table 1 of the paper, by variant: the judge's accuracy. Cells that the paper doesn't give are missing. */
export const PAPER_TABLE1: Readonly<Record<string, Readonly<Partial<Record<Direction, { train?: number; test: number }>>>>> = {
  cmcgan: CMCGAN,
  'cmcgan-7': CMCGAN, // the paper's seven convolutions, whatever a preset's default is
  s2ic: { soundToImage: { train: 0.8737, test: 0.7556 } },
  i2s: { imageToSound: { test: 0.1117 } },
  's2i-n': { soundToImage: { test: 0.123 } },
  's2i-a': { soundToImage: { test: 0.11 } },
};

/** Table 2 of the paper: accuracy of the classifiers. */
export const PAPER_TABLE2: Readonly<Record<Table2Column, number>> = {
  V: 0.9531,
  A: 0.8863,
  'V-A': 0.9741,
  'GV-A': 0.9804,
  'GA-V': 0.9861,
};

/** The paper's human judgement: 21 people rated CMCGAN and the existing method. */
export const PAPER_VOTES = {
  voters: 21,
  'I-AST': { ours: 0.714, existing: 0.429 },
  'S-AST': { ours: 0.619, existing: 0.19 },
  'I-AAT': { ours: 0.952, existing: 0.619 },
  'S-AAT': { ours: 0.857, existing: 0.381 },
} as const;
