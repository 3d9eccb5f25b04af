import { calibrationError, poolOpinions, type ModalityWeights, type PoolWeights } from '@cmcgan/classifier';
import type { Modality } from '@cmcgan/model';
import type { GeneratedOutcome } from '../measures/score-generated';
import type { RealOutcome } from '../measures/score-real';
import { clusterBootstrap, type ClusterMean } from '../metrics/cluster-bootstrap';
import { mostLikely } from '../metrics/late-fusion';
import { outputsFrom } from '../samples/directions';
import { generatedCell, scoreCell, type Cell, type ScoreCell } from './cell';
import { PAPER_TABLE2, type Table2Column } from './paper';

/** A classifier's score with its calibration, and what it predicted. */
export interface ClassifierCell extends ScoreCell {
  /** The expected calibration error, 0 to 1. */
  readonly calibrationError: number;
  /** The predicted class id of each test pair, in order: for comparisons pair by pair, with `clusterBootstrap`. */
  readonly predicted: readonly number[];
}

/** The classification by both halves together: late fusion, an opinion pool, or the classifier that was trained on generated halves. */
export interface FusedCell extends ClassifierCell {
  /** Its accuracy minus that of V or A alone, whichever is given (for V-A: the better one), on the same pairs. */
  readonly gain: ClusterMean;
}

/** A cell of Table 2. */
export interface Table2Cell extends Cell, ClassifierCell {
  /** Late fusion: the log-probabilities of V and A added, instead of the multimodal classifier. Null for a single modality. */
  readonly late: FusedCell | null;
  /** The opinion pool: late fusion with the model's weights. Null for a single modality, and for a model without weights. */
  readonly pooled: FusedCell | null;
  /** The classifier that was trained on generated halves too. Null for a single modality, and for a model without one. */
  readonly taught: FusedCell | null;
}

/** Table 2: the classifiers' accuracy on test pairs; null if a model lacks the direction. */
export type Table2 = Record<Table2Column, Table2Cell | null>;

export interface Table2Options {
  readonly variant?: string;
  readonly classNames: readonly string[];
  /** The weights of an opinion pool that were fitted for the model. */
  readonly weights?: PoolWeights;
  /** The log-probabilities that the classifier which was trained on generated halves gives the real pairs; its others are in `generated`. */
  readonly taughtReal?: LogProbabilities;
  /** For the intervals of gains. */
  readonly seed: number;
}

type LogProbabilities = readonly Float32Array[];

/**
 * Fills Table 2 for one model: V and A by the unimodal classifiers, V-A by the multimodal one on real pairs, GV-A and GA-V by the
 * multimodal one with one modality generated from the other. The classifiers are trained on real pairs of the training split; the model
 * only generates.
 */
export function table2(
  real: Pick<RealOutcome, 'actual' | 'predictions' | 'logProbabilities'>,
  generated: readonly GeneratedOutcome[],
  options: Table2Options,
): Table2 {
  const { variant, classNames, weights, taughtReal } = options;
  const ofPaper = (column: Table2Column) => (variant === 'cmcgan' || variant === 'cmcgan-7' ? PAPER_TABLE2[column] : undefined);
  const { V, A, VA } = real.logProbabilities;
  const fuse = fuserOf(real, options);
  const single = (column: 'V' | 'A'): Table2Cell => ({
    ...scoreCell(real.actual, real.predictions[column], classNames),
    ...{ paper: PAPER_TABLE2[column], output: null, direct: null, late: null, pooled: null, taught: null },
    calibrationError: calibrationError(real.logProbabilities[column], real.actual),
    predicted: real.predictions[column],
  });
  const fusedCell = (column: Table2Column, from: Modality): Table2Cell | null => {
    const cell = generatedCell(generated, { from, verdict: 'fused', paper: ofPaper(column), classNames });
    const made = outputsFrom(generated, from)?.main;
    if (!cell || !made) return null;
    const [image, sound] = from === 'A' ? [made.logProbabilities, A] : [V, made.logProbabilities];
    return {
      ...cell,
      ...fuse(image, sound, {
        alone: from,
        weights: weights?.[from === 'A' ? 'generatedImage' : 'generatedSound'],
        taught: taughtReal && made.taughtLogProbabilities,
      }),
      calibrationError: calibrationError(made.fusedLogProbabilities, real.actual),
      predicted: made.fused,
    };
  };
  const [cellV, cellA] = [single('V'), single('A')];
  return {
    V: cellV,
    A: cellA,
    'V-A': {
      ...scoreCell(real.actual, real.predictions.VA, classNames),
      ...{ paper: PAPER_TABLE2['V-A'], output: null, direct: null },
      ...fuse(V, A, { alone: cellV.correct >= cellA.correct ? 'V' : 'A', weights: weights?.real, taught: taughtReal }),
      calibrationError: calibrationError(VA, real.actual),
      predicted: real.predictions.VA,
    },
    'GV-A': fusedCell('GV-A', 'A'),
    'GA-V': fusedCell('GA-V', 'V'),
  };
}

interface Fusing {
  /** The modality whose classifier alone is compared with. */
  readonly alone: Modality;
  readonly weights: ModalityWeights | undefined;
  readonly taught: LogProbabilities | undefined;
}

/**
 * Late fusion and the opinion pool of log-probabilities from the image and from the sound, and the classifier that was trained on
 * generated halves.
 */
function fuserOf(
  { actual, predictions }: Pick<RealOutcome, 'actual' | 'predictions'>,
  { classNames, seed }: Pick<Table2Options, 'classNames' | 'seed'>,
) {
  const gainOf = (named: readonly number[], alone: readonly number[]) =>
    actual.map((id, i) => Number(named[i] === id) - Number(alone[i] === id));
  return (
    V: LogProbabilities,
    A: LogProbabilities,
    { alone, weights, taught }: Fusing,
  ): Pick<Table2Cell, 'late' | 'pooled' | 'taught'> => {
    const cellOf = (logProbabilities: LogProbabilities): FusedCell => {
      const named = mostLikely(logProbabilities);
      return {
        ...scoreCell(actual, named, classNames),
        calibrationError: calibrationError(logProbabilities, actual),
        predicted: named,
        gain: clusterBootstrap(gainOf(named, predictions[alone]), { seed }),
      };
    };
    return {
      late: cellOf(poolOpinions({ V, A }, { V: 1, A: 1 })),
      pooled: weights ? cellOf(poolOpinions({ V, A }, weights)) : null,
      taught: taught ? cellOf(taught) : null,
    };
  };
}
