import type { Accuracy } from './metrics/accuracy';
import type { Score } from './metrics/score';
import type { LabelledData, LabelledPair } from './training/labelled-data';
import type { ResolvedSchedule, TrainClassifierResult } from './training/train-classifier';

/** Where a trained classifier comes from, as plain JSON: enough to audit it and to retrain it. */
export interface Provenance {
  /** What it was trained on: real pairs of the training split, and nothing else. */
  data: {
    manifestHash: string;
    decibelRange: { floorDb: number; ceilingDb: number };
    split: 'train';
    pairs: number;
    /** `<class> <song>`, in order; a pair of unknown song is named by itself. */
    songs: string[];
    /** Songs of the pairs that chose the weights, which were not trained on. */
    heldSongs: string[];
    heldPairs: number;
  };
  /** Of the initial weights and of everything random in training. */
  seed: number;
  schedule: ResolvedSchedule;
  /** Steps taken, and the one whose weights were kept. */
  steps: number;
  keptStep: number;
  /** On the held pairs; null where there were none. */
  held: Accuracy | null;
  /** On the validation pairs, which decided nothing; null where it was not scored. */
  validation: Accuracy | null;
}

/** Songs of pairs by name, each once, in order. */
export function songNames(pairs: readonly LabelledPair[]): string[] {
  return [...new Set(pairs.map(({ id, instrument, song }) => (song === null ? id : `${instrument} ${song}`)))].sort();
}

export interface ProvenanceSource {
  data: LabelledData;
  pairs: readonly LabelledPair[];
  heldPairs: readonly LabelledPair[];
  seed: number;
  result: TrainClassifierResult;
  validation: Score | null;
}

/** Puts a provenance together. */
export function provenanceOf({ data, pairs, heldPairs, seed, result, validation }: ProvenanceSource): Provenance {
  const { manifestHash, decibelRange } = data;
  const { schedule, steps, keptStep, held } = result;
  return {
    data: {
      ...{ manifestHash, decibelRange: { ...decibelRange }, split: 'train', pairs: pairs.length, songs: songNames(pairs) },
      ...{ heldSongs: songNames(heldPairs), heldPairs: heldPairs.length },
    },
    ...{ seed, schedule, steps, keptStep },
    held: held && accuracyAlone(held),
    validation: validation && accuracyAlone(validation),
  };
}

const accuracyAlone = ({ accuracy, correct, n, interval }: Score): Accuracy => ({ accuracy, correct, n, interval });
