import type { TrainerOptions } from '../options/trainer-options';
import { createJudgingObserver } from '../judging/judging-observer';
import { createEventsObserver } from '../progress/events-observer';
import { createReportObserver } from '../report/report-observer';
import { createSamplesObserver } from '../samples/samples-observer';
import { createTensorboardObserver } from '../tensorboard/tensorboard-observer';
import type { CreateRunObserver, RunObserver } from './run-observer';

/** All that look on while a run trains, in the order in which they are told. To add one: one file and one row. */
const RUN_OBSERVERS: readonly CreateRunObserver[] = [
  createSamplesObserver,
  createJudgingObserver,
  createTensorboardObserver,
  createReportObserver,
  createEventsObserver,
];

/** The observers of a run with these options. */
export function createRunObservers(options: TrainerOptions): RunObserver[] {
  return RUN_OBSERVERS.map((create) => create(options)).filter((observer) => observer !== null);
}
