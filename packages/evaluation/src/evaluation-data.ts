import type { LabelledData, LabelledPair } from '@cmcgan/classifier';
import type { LeakageAudit } from '@cmcgan/sub-urmp';

/** What models are evaluated with. A `Dataset` of @cmcgan/sub-urmp is one; so is any object with these fields. */
export interface EvaluationData extends LabelledData {
  /** `train`: pairs that models and judges may have been trained on; `validation`: those that are tested on. */
  readonly splits: Readonly<Record<'train' | 'validation', readonly LabelledPair[]>>;
  /** What the splits share, as `auditLeakage` of @cmcgan/sub-urmp finds it; left out: unknown. */
  readonly leakage?: LeakageAudit;
  /** Files that could not be used. */
  readonly leftOut?: readonly unknown[];
}

/** Told as the work goes on: what is being done, and how much of it is done. */
export type OnProgress = (progress: { readonly task: string; readonly done: number; readonly total: number }) => void;
