import { writeAtomically } from '../files/write-atomically';
import type { ChosenPairs, JudgedSource } from './choose-judged-pairs';
import type { JudgedScore, JudgingState } from './judged-score';

/** What judging.json of a run holds: who chose `best`, by which pairs, and how all epochs did. */
export interface JudgingFile {
  /** 'trained', or the folder it was taken from; it lies in the run's own `judge`. */
  readonly judge: string;
  readonly everyEpochs: number;
  readonly pairs: {
    readonly source: JudgedSource;
    readonly reason: string;
    /** Ids of the pairs whose samples are scored. */
    readonly ids: readonly string[];
    /** Ids of all pairs that were set aside and not trained on; none unless the source is `held`. */
    readonly heldIds: readonly string[];
  };
  readonly best: JudgedScore | null;
  readonly scores: readonly JudgedScore[];
  /** The sentence that ended the run; null where nothing collapsed. */
  readonly collapsed: string | null;
}

export interface JudgingSource {
  readonly judge: string;
  readonly everyEpochs: number;
  readonly chosen: ChosenPairs;
  readonly state: JudgingState;
  readonly collapsed: string | null;
}

/** Writes judging.json, whole or not at all. */
export async function writeJudgingFile(
  path: string,
  { judge, everyEpochs, chosen, state, collapsed }: JudgingSource,
): Promise<void> {
  const { source, reason, pairs } = chosen.judged!;
  const content: JudgingFile = {
    ...{ judge, everyEpochs },
    pairs: { source, reason, ids: pairs.map(({ id }) => id), heldIds: chosen.held.map(({ id }) => id) },
    ...{ best: state.best, scores: state.scores, collapsed },
  };
  await writeAtomically(path, `${JSON.stringify(content, null, 2)}\n`);
}
