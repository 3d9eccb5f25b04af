import type { StoredRun } from './read-run';

const START = (program: 'trainer' | 'evaluator') => `npx pnpm --filter ${program} start`;

/** A path as a shell reads it back. */
const quoted = (path: string) => (/^[\w./@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);

/** The command that trains a judge on the run's data and writes figures. */
export const evaluateCommand = ({ folder }: Pick<StoredRun, 'folder'>): string => `${START('evaluator')} --run ${quoted(folder)}`;

/** The command that writes the page again. */
export const reportCommand = ({ folder }: Pick<StoredRun, 'folder'>): string => `${START('trainer')} report ${quoted(folder)}`;

export const tensorboardCommand = ({ folder }: Pick<StoredRun, 'folder'>): string => `tensorboard --logdir ${quoted(folder)}`;

/** The command that generates with the run. */
export const generateCommand = ({ folder }: Pick<StoredRun, 'folder'>, files: string): string =>
  `${START('trainer')} generate --checkpoint ${quoted(folder)} ${files}`;

/**
 * The command that trains on: with twice of what ended the run, where that was a limit. Null where going on would end as it did: the
 * samples have collapsed, or the losses have diverged.
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
