import type { Modality } from '@cmcgan/model';
import type { Accuracy, Judge } from '@cmcgan/classifier';
import type { Sample } from '@cmcgan/sub-urmp';
import { epochInProgress, type JudgedScore, type RunPosition, type TrainingFacts } from '@cmcgan/training/node';
import type { ObservedRun, RunObserver } from '../training/run-observer';
import { addScore, NO_SCORES, stateFromJson, stateToJson, type JudgingState } from './collapse';
import { judgeOfRun } from './judge-of-run';
import { describeScore, publishScore } from './publish-score';
import { evaluatedWay, scoreWay } from './score-model';

interface Ready {
  readonly judge: Judge;
  readonly samples: readonly Sample[];
}

/** Scores the model: the accuracy of each direction, and their mean. */
async function scoreModel(
  { model, stepsPerEpoch }: Pick<TrainingFacts, 'model' | 'stepsPerEpoch'>,
  { judge, samples, seed }: Ready & { readonly seed: number },
  position: Readonly<RunPosition>,
): Promise<JudgedScore> {
  const accuracyFrom = async (from: Modality) => {
    const way = evaluatedWay(model.ways, from);
    return way ? await scoreWay({ judge, model, samples, seed }, way) : null;
  };
  const [soundToImage, imageToSound] = [await accuracyFrom('A'), await accuracyFrom('V')];
  const known = [soundToImage, imageToSound].filter((each): each is Accuracy => each !== null);
  const score = known.reduce((sum, { accuracy }) => sum + accuracy, 0) / known.length;
  return { step: position.step, epoch: epochInProgress(position, stepsPerEpoch), score, soundToImage, imageToSound };
}

/** The judge of a run and the samples that it scores; undefined if Ctrl-C came while the judge was being trained. */
async function makeReady(run: ObservedRun, source: string): Promise<Ready | undefined> {
  const { options, dataset, chosenPairs, folder, progress, interrupt } = run;
  const { seed, classifierAugmentation: augmentation } = options;
  const judge = await judgeOfRun({
    ...{ source, seed, augmentation, dataset, chosen: chosenPairs, folder: folder.judge, progress, interrupt },
  });
  if (judge === null) return undefined;
  const judged = chosenPairs.judged!;
  progress.note(`The best epoch is chosen on ${judged.pairs.length} ${SOURCES[judged.source]} (${judged.reason})`);
  return { judge, samples: await Promise.all(judged.pairs.map((pair) => dataset.load(pair))) };
}

/**
 * Creates an observer that scores generated samples with a frozen judge, keeps the best epoch as checkpoints/best, and ends a run whose
 * samples have collapsed. Null for a run without a judge.
 */
export function createJudgingObserver(run: ObservedRun): RunObserver | null {
  const { progress, nowMs } = run;
  const { judge, seed } = run.options;
  const { source, everyEpochs } = judge;
  if (source === null) return null;
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
    async start() {
      ready = await makeReady(run, source);
    },
    async afterEpoch(training, position) {
      const isLast = training.isComplete(position) || position.epochStep > 0;
      if (!ready || (position.epoch % everyEpochs !== 0 && !isLast)) return;
      const startMs = nowMs();
      const score = await scoreModel(training, { ...ready, seed }, position);
      state = addScore(state, score, ready.judge.classNames.length);
      await publishScore(run, training, { position, score, state, ms: nowMs() - startMs });
    },
    finish() {
      if (state.best !== null) progress.note(`Best: ${describeScore(state.best)}. It is kept as checkpoints/best.`);
      ready?.judge.dispose();
      ready = undefined;
    },
  };
}

const SOURCES = {
  held: 'pairs held out from training',
  train: 'training pairs',
  validation: 'validation pairs, so figures on validation pairs will be too optimistic',
} as const;
