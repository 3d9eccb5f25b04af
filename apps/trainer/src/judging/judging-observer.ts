import type { Accuracy, Judge } from '@cmcgan/classifier';
import type { Sample } from '@cmcgan/sub-urmp';
import type { TrainerOptions } from '../options/trainer-options';
import { observeScore } from '../training/observe-run';
import type { RunContext } from '../training/run-context';
import type { RunObserver } from '../training/run-observer';
import { epochInProgress, type RunPosition } from '../training/run-position';
import { isComplete } from '../training/train-epoch';
import { addScore, collapseSentence } from './collapse';
import { judgeOfRun } from './judge-of-run';
import { NO_SCORES, stateFromJson, stateToJson, type JudgedScore, type JudgingState } from './judged-score';
import { writeJudgingFile } from './judging-file';
import { evaluatedWay, scoreWay } from './score-model';

interface Ready {
  readonly judge: Judge;
  readonly samples: readonly Sample[];
}

/** The accuracy of both directions, and their mean. */
async function scoreRun(run: RunContext, { judge, samples }: Ready, position: Readonly<RunPosition>): Promise<JudgedScore> {
  const { trainee, options, stepsPerEpoch } = run;
  const accuracyFrom = async (from: 'V' | 'A') => {
    const way = evaluatedWay(trainee.model.ways, from);
    return way ? await scoreWay({ judge, model: trainee.model, samples, seed: options.seed }, way) : null;
  };
  const [soundToImage, imageToSound] = [await accuracyFrom('A'), await accuracyFrom('V')];
  const known = [soundToImage, imageToSound].filter((each): each is Accuracy => each !== null);
  const score = known.reduce((sum, { accuracy }) => sum + accuracy, 0) / known.length;
  return { step: position.step, epoch: epochInProgress(position, stepsPerEpoch), score, soundToImage, imageToSound };
}

/** "epoch 40, 61 % of 65 pictures and 70 % of 65 sounds recognised, score 0.655". */
function describe({ score, soundToImage, imageToSound, epoch }: JudgedScore): string {
  const parts = Object.entries({ pictures: soundToImage, sounds: imageToSound }).flatMap(([name, each]) =>
    each ? [`${(100 * each.accuracy).toFixed(0)} % of ${each.n} ${name}`] : [],
  );
  return `epoch ${epoch}, ${parts.join(' and ')} recognised by the judge, score ${score.toFixed(3)}`;
}

/**
 * Scores what the networks generate with a frozen judge, keeps the best epoch as checkpoints/best, and ends a run whose samples have
 * collapsed. Null for a run without a judge.
 */
export function createJudgingObserver({ judge: source, judgeEvery, stopOnCollapse }: TrainerOptions): RunObserver | null {
  if (source === null) return null;
  let state: JudgingState = NO_SCORES;
  let ready: Ready | undefined;
  const note = async (run: RunContext, position: Readonly<RunPosition>, score: JudgedScore) => {
    const isBest = state.best === score;
    const collapsed = stopOnCollapse === 'yes' ? collapseSentence(state) : null;
    if (isBest) run.alsoSaveAs('best');
    run.progress.note(`Scored ${describe(score)}${isBest ? ', the best so far' : ''}`);
    await run.log.writeScore({ ...score, best: isBest });
    await observeScore(run, position, score);
    await writeJudgingFile(run.folder.judging, {
      ...{ judge: source, everyEpochs: judgeEvery, chosen: run.chosenPairs, state, collapsed },
    });
    if (collapsed !== null) run.stop(collapsed);
  };
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
      const judge = await judgeOfRun({ options, dataset, chosen: chosenPairs, folder: folder.judge, progress, interrupt });
      if (judge === null) return;
      const { pairs, source: from, reason } = chosenPairs.judged!;
      progress.note(`The best epoch is chosen on ${pairs.length} ${SOURCES[from]} (${reason})`);
      ready = { judge, samples: await Promise.all(pairs.map((pair) => dataset.load(pair))) };
    },
    async afterEpoch(run, position) {
      const isLast = isComplete(run, position) || position.epochStep > 0;
      if (!ready || (position.epoch % judgeEvery !== 0 && !isLast)) return;
      const score = await scoreRun(run, ready, position);
      state = addScore(state, score, ready.judge.classNames.length);
      await note(run, position, score);
    },
    finish({ progress }) {
      if (state.best !== null) progress.note(`Best: ${describe(state.best)}. It is kept as checkpoints/best.`);
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
