import type { Modality } from '@cmcgan/model';
import type { Accuracy, Judge } from '@cmcgan/classifier';
import type { Sample } from '@cmcgan/sub-urmp';
import { epochInProgress, type JudgedScore, type RunPosition } from '@cmcgan/training/node';
import type { TrainerOptions } from '../options/trainer-options';
import type { RunContext } from '../training/run-context';
import type { RunObserver } from '../training/run-observer';
import { addScore, NO_SCORES, stateFromJson, stateToJson, type JudgingState } from './collapse';
import { describeScore } from './describe-score';
import { judgeOfRun } from './judge-of-run';
import { publishScore } from './publish-score';
import { evaluatedWay, scoreWay } from './score-model';

interface Ready {
  readonly judge: Judge;
  readonly samples: readonly Sample[];
}

/** The accuracy of both directions, and their mean. */
async function scoreRun(run: RunContext, { judge, samples }: Ready, position: Readonly<RunPosition>): Promise<JudgedScore> {
  const { model, options, stepsPerEpoch } = run;
  const accuracyFrom = async (from: Modality) => {
    const way = evaluatedWay(model.ways, from);
    return way ? await scoreWay({ judge, model, samples, seed: options.seed }, way) : null;
  };
  const [soundToImage, imageToSound] = [await accuracyFrom('A'), await accuracyFrom('V')];
  const known = [soundToImage, imageToSound].filter((each): each is Accuracy => each !== null);
  const score = known.reduce((sum, { accuracy }) => sum + accuracy, 0) / known.length;
  return { step: position.step, epoch: epochInProgress(position, stepsPerEpoch), score, soundToImage, imageToSound };
}

/**
 * Scores what the networks generate with a frozen judge, keeps the best epoch as checkpoints/best, and ends a run whose samples have
 * collapsed. Null for a run without a judge.
 */
export function createJudgingObserver({ judge, judgeEvery }: TrainerOptions): RunObserver | null {
  if (judge === null) return null;
  let state: JudgingState = NO_SCORES;
  let ready: Ready | undefined;
  return {
    resumable: {
      name: 'judging',
      optional: true,
      state: () => ({ json: stateToJson(state) }),
      restore: ({ json }) => {
        state = stateFromJson(json);
      },
    },
    async start({ options, dataset, chosenPairs, folder, progress, interrupt }) {
      const frozen = await judgeOfRun({ options, dataset, chosen: chosenPairs, folder: folder.judge, progress, interrupt });
      if (frozen === null) return;
      const { pairs, source, reason } = chosenPairs.judged!;
      progress.note(`The best epoch is chosen on ${pairs.length} ${SOURCES[source]} (${reason})`);
      ready = { judge: frozen, samples: await Promise.all(pairs.map((pair) => dataset.load(pair))) };
    },
    async afterEpoch(run, position) {
      const isLast = run.isComplete(position) || position.epochStep > 0;
      if (!ready || (position.epoch % judgeEvery !== 0 && !isLast)) return;
      const startMs = run.nowMs();
      const score = await scoreRun(run, ready, position);
      state = addScore(state, score, ready.judge.classNames.length);
      await publishScore(run, position, { score, state, ms: run.nowMs() - startMs });
    },
    finish({ progress }) {
      if (state.best !== null) progress.note(`Best: ${describeScore(state.best)}. It is kept as checkpoints/best.`);
      ready?.judge.dispose();
      ready = undefined;
    },
  };
}

const SOURCES = {
  held: 'pairs set aside from training',
  train: 'training pairs',
  validation: 'validation pairs: figures on them are too good from here on',
} as const;
