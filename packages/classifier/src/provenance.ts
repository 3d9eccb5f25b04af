import type { Accuracy } from './metrics/accuracy';
import type { Score } from './metrics/score';
import type { LabelledData, LabelledPair } from './training/labelled-data';
import type { ResolvedSchedule, TrainClassifierResult } from './training/train-classifier';

/** The provenance of a trained classifier, as plain JSON: enough to audit and retrain it. */
export interface Provenance {
  /** The training data: real pairs of the training split, and nothing else but what `withGenerated` says. */
  data: {
    manifestHash: string;
    decibelRange: { floorDb: number; ceilingDb: number };
    split: 'train';
    pairs: number;
    /** `<class> <song>`, in order; a pair whose song is unknown appears with its id. */
    songs: string[];
    /** Songs of the held-out pairs that the weights were selected with. */
    heldSongs: string[];
    heldPairs: number;
    /** How many of the pairs were also shown with a half that a model generated which did not see them; left out: none. */
    withGenerated?: number;
  };
  /** Seed of the initial weights and of everything random in training. */
  seed: number;
  schedule: ResolvedSchedule;
  /** Number of training steps, and the step whose weights were kept. */
  steps: number;
  keptStep: number;
  /** Accuracy on the held-out pairs; null if there were none. */
  held: Accuracy | null;
  /** Accuracy on the validation pairs, which had no effect on training; null if not scored. */
  validation: Accuracy | null;
}

/** Names of the pairs' songs, each once, in order. */
export function songNames(pairs: readonly LabelledPair[]): string[] {
  return [...new Set(pairs.map(({ id, instrument, song }) => (song === null ? id : `${instrument} ${song}`)))].sort();
}

export interface ProvenanceSource {
  data: LabelledData;
  pairs: readonly LabelledPair[];
  heldPairs: readonly LabelledPair[];
  withGenerated?: number;
  seed: number;
  result: TrainClassifierResult;
  validation: Score | null;
}

/** Builds a provenance. */
export function provenanceOf({ data, pairs, heldPairs, withGenerated, seed, result, validation }: ProvenanceSource): Provenance {
  const { manifestHash, decibelRange } = data;
  const { schedule, steps, keptStep, held } = result;
  return {
    data: {
      ...{ manifestHash, decibelRange: { ...decibelRange }, split: 'train', pairs: pairs.length, songs: songNames(pairs) },
      ...{ heldSongs: songNames(heldPairs), heldPairs: heldPairs.length },
      ...(withGenerated !== undefined && { withGenerated }),
    },
    ...{ seed, schedule, steps, keptStep },
    held: held && accuracyAlone(held),
    validation: validation && accuracyAlone(validation),
  };
}

const accuracyAlone = ({ accuracy, correct, n, interval }: Score): Accuracy => ({ accuracy, correct, n, interval });
