import type { EndReason } from '@cmcgan/training/node';
import type { StoredRun } from './read-run';

/** The status of a run, for people. */
export interface RunStatus {
  /** Kind of end: as planned, unfinished, or with a problem. */
  readonly tone: 'done' | 'open' | 'wrong';
  readonly title: string;
  /** The reason and what it means, in sentences. */
  readonly text: string;
}

/** Status by the reason of the end, which the ending's sentence explains. */
const ENDS: Readonly<Record<EndReason, Omit<RunStatus, 'text'> & { readonly means: string }>> = {
  epochs: { tone: 'done', title: 'Finished', means: '' },
  'max-steps': { tone: 'done', title: 'Finished', means: 'That is the limit it was given; nothing went wrong.' },
  'max-minutes': { tone: 'done', title: 'Finished', means: 'That is the time it was given; nothing went wrong.' },
  stopped: { tone: 'open', title: 'Not finished', means: '' },
  collapsed: { tone: 'wrong', title: 'Collapsed', means: '' },
  diverged: { tone: 'wrong', title: 'Diverged', means: '' },
  failed: { tone: 'wrong', title: 'Not finished', means: '' },
};

const stepsOf = ({ log, totalSteps }: Pick<StoredRun, 'log' | 'totalSteps'>) =>
  `${(log.at(-1)?.step ?? 0).toLocaleString('en')} of ${totalSteps.toLocaleString('en')} steps`;

/** The status of a run without an ending.json: it is still training, was killed, or was trained by an older version. */
function statusWithoutEnding(run: StoredRun): RunStatus {
  const { running, log, totalSteps } = run;
  const steps = stepsOf(run);
  if (running === true) {
    return {
      ...{ tone: 'open', title: 'Still training' },
      text: `${steps} were taken when this page was written; it is rewritten after epochs. If no trainer is running any more, it was killed: continue with --resume.`,
    };
  }
  if (running === 'unknown') {
    return {
      tone: 'open',
      title: 'Perhaps still training',
      text: `On another machine; ${steps} were taken when this page was written.`,
    };
  }
  if ((log.at(-1)?.step ?? 0) >= totalSteps) return { tone: 'done', title: 'Finished', text: `${steps} were taken.` };
  return {
    ...{ tone: 'open', title: 'Not finished' },
    text: `${steps} were taken, and no trainer is running it now. Its folder doesn't record why: it was killed, or trained by an older version. --resume continues from the last checkpoint.`,
  };
}

/** Whether a checkpoint is left after an error. */
const whatIsLeft = ({ hasCheckpoint }: StoredRun) =>
  hasCheckpoint ? 'The last checkpoint before that is intact.' : 'There was no checkpoint yet.';

/** The status of a run: why it ended, or that it is still training. */
export function runStatus(run: StoredRun): RunStatus {
  if (run.ending === null) return statusWithoutEnding(run);
  const { reason } = run.ending;
  const { tone, title, ...end } = ENDS[reason];
  const means = reason === 'diverged' || reason === 'failed' ? whatIsLeft(run) : end.means;
  const sentence = run.ending.sentence.replace(/^(?:Stopped|Diverged): (.)/, (_, first: string) => first.toUpperCase()); // the title says so
  return { tone, title, text: [sentence, ...(means === '' ? [] : [means])].join(' ') };
}
