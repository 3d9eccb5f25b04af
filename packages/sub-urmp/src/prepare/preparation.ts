import type { UnusedCard } from '../reading/card/dataset-card';
import type { Split } from '../reading/pair';
import { problemOf } from '../reading/remediable-error';
import type { Remaining } from './full-disk';
import type { PlannedFile } from './plan-recordings';
import type { ResolvedPrepareOptions } from './prepare-options';
import type { SourceFile } from './recordings/list-sources';

/** The state of a preparation. */
export interface Preparation {
  leftOut: UnusedCard[];
  /** Leaves a file out, with a warning. */
  leaveOut(file: SourceFile, reason: string): void;
  /** Leaves a file out because of an error; rethrows the error if it would affect every other file as well. */
  giveUp(file: SourceFile, error: unknown): void;
  /** Number of pairs to write, once known; number and bytes of those written. */
  totalPairs: number | undefined;
  written: Record<Split, number>;
  bytes: number;
  remaining(): Remaining | undefined;
}

/** Creates a preparation. `leftOut` lists what was left out already; more is added to it. */
export function createPreparation({ onWarning }: ResolvedPrepareOptions, leftOut: UnusedCard[]): Preparation {
  const leaveOut = ({ relativePath }: SourceFile, reason: string) => {
    work.leftOut.push({ file: relativePath, reason });
    onWarning(`left out ${relativePath}: ${reason}`);
  };
  const work: Preparation = {
    leftOut,
    leaveOut,
    giveUp(file, error) {
      if (error instanceof UnwritableError) throw error.cause;
      if (isShortage(error)) throw error;
      leaveOut(file, problemOf(error).replaceAll(file.path, file.relativePath).replace(`prepare: ${file.relativePath} `, 'it '));
    },
    totalPairs: undefined,
    written: { train: 0, validation: 0 },
    bytes: 0,
    remaining() {
      if (work.totalPairs === undefined) return undefined;
      const written = sum(work.written);
      const pairs = work.totalPairs - written;
      return { pairs, bytes: pairs * (written === 0 ? TYPICAL_PAIR_BYTES : work.bytes / written) };
    },
  };
  return work;
}

/** Bytes of a typical pair: a WAV file of half a second and a JPEG of 128×128. */
const TYPICAL_PAIR_BYTES = 44_144 + 6000;

/** Number of reasons that an error lists; the rest are only counted. */
const REASONS_SHOWN = 2;

/** @throws Error that lists what was left out if a split has no pair */
export function assertBothSides(pairs: Readonly<Record<Split, number>>, { leftOut }: Preparation): void {
  const missing = [...(pairs.train > 0 ? [] : ['none to train on']), ...(pairs.validation > 0 ? [] : ['none to validate on'])];
  if (missing.length === 0) return;
  const why = leftOut.slice(0, REASONS_SHOWN).map(({ file, reason }) => `\n  ${file}: ${reason.replaceAll('\n', ' ')}`);
  const more = leftOut.length > REASONS_SHOWN ? `, and ${leftOut.length - REASONS_SHOWN} more left out` : '';
  const list = why.length > 0 ? `:${why.join(';')}${more}` : '';
  throw new Error(`prepare: the recordings must give pairs for both splits, got ${missing.join(' and ')}${list}`);
}

/** Total of both splits. */
export const sum = ({ train, validation }: Readonly<Record<Split, number>>) => train + validation;

/** Number of half seconds planned for each split. */
export function countWindows(planned: readonly PlannedFile[]): Record<Split, number> {
  const splits = planned.flatMap(({ windows }) => windows.map(({ split }) => split));
  const train = splits.filter((split) => split === 'train').length;
  return { train, validation: splits.length - train };
}

/** A pair could not be written, which is not the fault of the current recording. `cause` is the system error. */
export class UnwritableError extends Error {
  constructor(cause: unknown) {
    super('prepare: a pair cannot be written', { cause });
    this.name = 'UnwritableError';
  }
}

/** Whether the process has too many files open, which is not the recording's fault either. */
export const isShortage = (error: unknown): boolean => ['EMFILE', 'ENFILE'].includes((error as NodeJS.ErrnoException).code ?? '');
