import type { StoredRun } from './read-run';

const START = (program: 'trainer' | 'evaluator') => `npx pnpm --filter ${program} start`;

/** A path, quoted for the shell if needed. */
const quoted = (path: string) => (/^[\w./@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);

/** The command that evaluates the run with a judge trained on its data. */
export const evaluateCommand = ({ folder }: Pick<StoredRun, 'folder'>): string => `${START('evaluator')} --run ${quoted(folder)}`;

/** The command that rewrites the report. */
export const reportCommand = ({ folder }: Pick<StoredRun, 'folder'>): string => `${START('trainer')} report ${quoted(folder)}`;

export const tensorboardCommand = ({ folder }: Pick<StoredRun, 'folder'>): string => `tensorboard --logdir ${quoted(folder)}`;

/** The command that generates from a file with the run's model. */
export const generateCommand = ({ folder }: Pick<StoredRun, 'folder'>, files: string): string =>
  `${START('trainer')} generate --checkpoint ${quoted(folder)} ${files}`;

/**
 * The command that resumes the run, with twice the limit that ended it, if one did. Null if resuming makes no sense because the samples
 * have collapsed or the losses have diverged.
 */
export function resumeCommand({ folder, ending, config }: Pick<StoredRun, 'folder' | 'ending' | 'config'>): string | null {
  const { epochs, maxSteps, maxMinutes } = config.options;
  const more = {
    epochs: ` --epochs ${2 * epochs}`,
    'max-steps': ` --max-steps ${2 * (maxSteps ?? 0)}`,
    'max-minutes': ` --max-minutes ${2 * (maxMinutes ?? 0)}`,
    ...{ stopped: '', failed: '', collapsed: null, diverged: null },
  }[ending?.reason ?? 'stopped'];
  return more === null ? null : `${START('trainer')} --resume ${quoted(folder)}${more}`;
}
