import type { EndReason } from '@cmcgan/training/node';
import type { StoredRun } from './read-run';

/** How a run stands, for people. */
export interface RunStatus {
  /** What kind of end it is, if it is one: as planned, to be gone on with, or wrong. */
  readonly tone: 'done' | 'open' | 'wrong';
  readonly title: string;
  /** Sentences: why, and what it means. */
  readonly text: string;
}

/** What a reader is to make of an end; the reason itself is in the ending's sentence. */
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

/** The status of a run whose folder gives no reason: it still trains, was killed, or an older version trained it. */
function statusWithoutEnding(run: StoredRun): RunStatus {
  const { running, log, totalSteps } = run;
  const steps = stepsOf(run);
  if (running === true) {
    return {
      ...{ tone: 'open', title: 'Still training' },
      text: `${steps} were taken when this page was written; it is written again as epochs end. Should no trainer run any more, it was killed: --resume goes on.`,
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
    text: `${steps} were taken, and no trainer works on it now. Its folder doesn't say why: it was killed, or trained by an older version. --resume goes on from the last checkpoint.`,
  };
}

/** What is left after an error. */
const whatIsLeft = ({ hasCheckpoint }: StoredRun) =>
  hasCheckpoint ? 'The last checkpoint before that is whole.' : 'There was no checkpoint yet.';

/** The status of a run: why it ended, or that it still trains. */
export function runStatus(run: StoredRun): RunStatus {
  if (run.ending === null) return statusWithoutEnding(run);
  const { reason } = run.ending;
  const { tone, title, ...end } = ENDS[reason];
  const means = reason === 'diverged' || reason === 'failed' ? whatIsLeft(run) : end.means;
  const sentence = run.ending.sentence.replace(/^(?:Stopped|Diverged): (.)/, (_, first: string) => first.toUpperCase()); // the title says so
  return { tone, title, text: [sentence, ...(means === '' ? [] : [means])].join(' ') };
}
