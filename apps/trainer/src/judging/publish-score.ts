import { writeJudgingFile, type JudgedScore, type JudgingFile, type RunPosition } from '@cmcgan/training/node';
import { observeScore } from '../training/observe-run';
import type { RunContext } from '../training/run-context';
import type { ChosenPairs } from './choose-judged-pairs';
import { collapseSentence, type JudgingState } from './collapse';
import { describeScore } from './describe-score';

export interface PublishedScore {
  /** The newest of the state's scores. */
  readonly score: JudgedScore;
  readonly state: JudgingState;
  /** What scoring took. */
  readonly ms: number;
}

/**
 * Tells of a new score: a line for people, one in the log, the other observers, judging.json. Keeps the checkpoint where it is the best one,
 * and ends a run whose samples have collapsed.
 */
export async function publishScore(
  run: RunContext,
  position: Readonly<RunPosition>,
  { score, state, ms }: PublishedScore,
): Promise<void> {
  const { judge, judgeEvery, stopOnCollapse } = run.options;
  const best = state.best === score;
  const collapsed = stopOnCollapse === 'yes' ? collapseSentence(state) : null;
  if (best) run.alsoSaveAs('best');
  run.progress.note(`Scored ${describeScore(score)}${best ? ', the best so far' : ''}`);
  await run.log.writeScore({ ...score, best, ms });
  await observeScore(run, position, score);
  await writeJudgingFile(run.folder.judging, {
    ...{ judge: judge!, everyEpochs: judgeEvery, pairs: pairsOf(run.chosenPairs) },
    ...{ best: state.best, scores: state.scores, collapsed },
  });
  if (collapsed !== null) run.stop(collapsed);
}

/** The pairs that are judged and those that are set aside, by their ids. */
function pairsOf({ judged, held }: ChosenPairs): JudgingFile['pairs'] {
  const { source, reason, pairs } = judged!;
  return { source, reason, ids: pairs.map(({ id }) => id), heldIds: held.map(({ id }) => id) };
}
