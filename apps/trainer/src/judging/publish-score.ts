import {
  writeJudgingFile,
  type JudgedScore,
  type JudgingFile,
  type RunPosition,
  type TrainingControls,
} from '@cmcgan/training/node';
import type { ObservedRun } from '../training/run-observer';
import type { ChosenPairs } from './choose-judged-pairs';
import { collapseSentence, type JudgingState } from './collapse';

/** "epoch 40, 61 % of 65 pictures and 70 % of 65 sounds recognised by the judge, score 0.655". */
export function describeScore({ score, soundToImage, imageToSound, epoch }: JudgedScore): string {
  const parts = Object.entries({ pictures: soundToImage, sounds: imageToSound }).flatMap(([name, each]) =>
    each ? [`${(100 * each.accuracy).toFixed(0)} % of ${each.n} ${name}`] : [],
  );
  return `epoch ${epoch}, ${parts.join(' and ')} recognised by the judge, score ${score.toFixed(3)}`;
}

/** A new score of a run, with its position and the state it leads to. */
export interface PublishedScore {
  readonly position: Readonly<RunPosition>;
  /** The newest score in `state`. */
  readonly score: JudgedScore;
  readonly state: JudgingState;
  /** Duration of scoring. */
  readonly ms: number;
}

/** What publishing a score needs of a run. */
export type ScoredRun = Pick<ObservedRun, 'options' | 'folder' | 'chosenPairs' | 'progress' | 'log' | 'tellScore'>;

/**
 * Publishes a new score: as a note, in the log, to the other observers, and in judging.json. Keeps the checkpoint if it is the best one,
 * and ends a run whose samples have collapsed.
 */
export async function publishScore(
  { options, folder, chosenPairs, progress, log, tellScore }: ScoredRun,
  { alsoSaveAs, stop }: TrainingControls,
  { position, score, state, ms }: PublishedScore,
): Promise<void> {
  const { source, everyEpochs, stopOnCollapse } = options.judge;
  const best = state.best === score;
  const collapsed = stopOnCollapse === 'yes' ? collapseSentence(state) : null;
  if (best) alsoSaveAs('best');
  progress.note(`Scored ${describeScore(score)}${best ? ', the best so far' : ''}`);
  await log.writeScore({ ...score, best, ms });
  await tellScore(position, score);
  await writeJudgingFile(folder.judging, {
    ...{ judge: source!, everyEpochs, pairs: pairsOf(chosenPairs) },
    ...{ best: state.best, scores: state.scores, collapsed },
  });
  if (collapsed !== null) stop(collapsed);
}

/** Ids of the judged and of the held-out pairs. */
function pairsOf({ judged, held }: ChosenPairs): JudgingFile['pairs'] {
  const { source, reason, pairs } = judged!;
  return { source, reason, ids: pairs.map(({ id }) => id), heldIds: held.map(({ id }) => id) };
}
