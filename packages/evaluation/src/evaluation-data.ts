import type { LabelledData, LabelledPair } from '@cmcgan/classifier';
import type { LeakageAudit } from '@cmcgan/sub-urmp';

/** The data that models are evaluated on: a `Dataset` of @cmcgan/sub-urmp, or any object with these fields. */
export interface EvaluationData extends LabelledData {
  /** `train`: pairs that models and judges may have been trained on; `validation`: the test pairs. */
  readonly splits: Readonly<Record<'train' | 'validation', readonly LabelledPair[]>>;
  /**
   * The recording of a pair: Float32Array [22050], mono at 44.1 kHz, full scale ±1. With it, generated sounds are compared with the recordings too;
   * `loadRecording` of @cmcgan/evaluation/node reads those of a `Dataset`.
   */
  loadRecording?(pair: LabelledPair): Promise<Float32Array>;
  /** What the splits share, as returned by `auditLeakage` of @cmcgan/sub-urmp; undefined if unknown. */
  readonly leakage?: LeakageAudit;
  /** Files that could not be used. */
  readonly leftOut?: readonly unknown[];
}

/** Called as the work progresses: what is being done, and how much of it is done. */
export type OnProgress = (progress: { readonly task: string; readonly done: number; readonly total: number }) => void;
