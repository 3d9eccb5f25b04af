import type { UnusedCard } from '../reading/card/dataset-card';
import type { Split } from '../reading/pair';
import { problemOf } from '../reading/remediable-error';
import type { Remaining } from './full-disk';
import type { PlannedFile } from './plan-recordings';
import type { ResolvedPrepareOptions } from './prepare-options';
import type { SourceFile } from './recordings/list-sources';

/** What is known in the course of preparing a set. */
export interface Preparation {
  leftOut: UnusedCard[];
  /** Leaves a file out, with a warning. */
  leaveOut(file: SourceFile, reason: string): void;
  /** The same for an error; one that no other file would be spared is thrown. */
  giveUp(file: SourceFile, error: unknown): void;
  /** Pairs to write, once they are known, and those that are written, with their bytes. */
  totalPairs: number | undefined;
  written: Record<Split, number>;
  bytes: number;
  remaining(): Remaining | undefined;
}

/** Begins with what was left out already; more is added to the same list. */
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

/** A WAV file of half a second and a JPEG of 128×128. */
const TYPICAL_PAIR_BYTES = 44_144 + 6000;

/** Reasons that an error lists before it only counts. */
const REASONS_SHOWN = 2;

/** @throws Error with what was left out if a side has no pair */
export function assertBothSides(pairs: Readonly<Record<Split, number>>, { leftOut }: Preparation): void {
  const missing = [...(pairs.train > 0 ? [] : ['none to train on']), ...(pairs.validation > 0 ? [] : ['none to validate on'])];
  if (missing.length === 0) return;
  const why = leftOut.slice(0, REASONS_SHOWN).map(({ file, reason }) => `\n  ${file}: ${reason.replaceAll('\n', ' ')}`);
  const more = leftOut.length > REASONS_SHOWN ? `, and ${leftOut.length - REASONS_SHOWN} more left out` : '';
  const list = why.length > 0 ? `:${why.join(';')}${more}` : '';
  throw new Error(`prepare: the recordings must give pairs for both splits, got ${missing.join(' and ')}${list}`);
}

/** Pairs of both sides. */
export const sum = ({ train, validation }: Readonly<Record<Split, number>>) => train + validation;

/** Half seconds that a plan has for each side. */
export function countWindows(planned: readonly PlannedFile[]): Record<Split, number> {
  const splits = planned.flatMap(({ windows }) => windows.map(({ split }) => split));
  const train = splits.filter((split) => split === 'train').length;
  return { train, validation: splits.length - train };
}

/** Something that cannot be written: no fault of the recording at hand. The cause is the system's error. */
export class UnwritableError extends Error {
  constructor(cause: unknown) {
    super('prepare: a pair cannot be written', { cause });
    this.name = 'UnwritableError';
  }
}

/** This process has too many files open: no fault of the recording at hand either. */
export const isShortage = (error: unknown): boolean => ['EMFILE', 'ENFILE'].includes((error as NodeJS.ErrnoException).code ?? '');
