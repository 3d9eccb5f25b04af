import type { Modality } from '@cmcgan/model';
import type { AuditItem } from '../audit/audit-item';
import type { CheckpointInfo } from '../run/find-run';
import type { ScoreCell } from '../tables/cell';
import type { ModelFigures } from './evaluate-model';

/** Marks evaluation.json; another number is another layout. */
export const EVALUATION_FORMAT = 'cmcgan-evaluation/1';

/** A run as an evaluation names it. */
export interface EvaluatedRun {
  readonly name: string;
  readonly variant: string;
  readonly preset: string;
  readonly seed: number;
  readonly dataHash: string;
  readonly parameters: number;
  readonly checkpoint: Omit<CheckpointInfo, 'folder'>;
}

/** One run with all its figures. */
export interface RunEvaluation extends ModelFigures {
  readonly run: EvaluatedRun;
}

/** What evaluation.json holds: the figures of the first run on top, those of all in `runs`, and what they were measured with. */
export interface Evaluation extends RunEvaluation {
  readonly format: typeof EVALUATION_FORMAT;
  readonly seed: number;
  readonly backend: string;
  readonly data: {
    readonly manifestHash: string;
    readonly classNames: readonly string[];
    readonly pairs: Readonly<Record<'train' | 'test', number>>;
    /** Pairs that figures are of. */
    readonly used: Readonly<Record<'train' | 'test', number>>;
    readonly simulated: boolean;
    readonly decibelRange: { readonly floorDb: number; readonly ceilingDb: number };
  };
  /** The judge on real pairs; of test pairs, V and A are in Table 2 too. */
  readonly judge: {
    readonly origin: string;
    readonly real: Readonly<Record<'train' | 'test', Readonly<Record<Modality, ScoreCell>>>>;
  };
  readonly audit: readonly AuditItem[];
  readonly runs: readonly RunEvaluation[];
}
