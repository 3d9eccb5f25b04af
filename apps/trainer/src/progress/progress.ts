import type { RunEnding } from '@cmcgan/training/node';

/** Position, losses and speed of a run after a step. */
export interface StepProgress {
  /** Counted over the whole run, from 1. */
  readonly step: number;
  readonly totalSteps: number;
  /** The epoch of the step, from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** By network and part. */
  readonly losses: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly stepMs: number;
  readonly pairsPerSecond: number;
  readonly stepsPerSecond: number;
  readonly secondsLeft: number;
  /** Resident memory of the process. */
  readonly residentBytes: number;
}

/** Events of a run other than its steps. Folders are absolute; steps and epochs are counted from the start of the run. */
export type RunEvent =
  | {
      readonly event: 'started';
      readonly folder: string;
      /** Steps already taken: more than 0 in a resumed run. */
      readonly step: number;
      readonly totalSteps: number;
      readonly stepsPerEpoch: number;
      readonly epochs: number;
    }
  | { readonly event: 'epoch'; readonly epoch: number; readonly step: number }
  | { readonly event: 'checkpoint'; readonly folder: string; readonly epoch: number; readonly step: number }
  | {
      readonly event: 'finished';
      readonly interrupted: boolean;
      /** Why it ended. */
      readonly ending: RunEnding;
      /** Why it stopped itself early; null if it did not. */
      readonly stopReason: string | null;
      readonly unreadablePairs: number;
      readonly folder: string;
      readonly checkpoint: string;
      readonly step: number;
      readonly seconds: number;
      readonly peakBytes: number;
    }
  | { readonly event: 'error'; readonly message: string };

/** Shows the progress of a run to people or to programs. */
export interface Progress {
  /** A line that stays. */
  note(line: string): void;
  /** The state of work in progress: one updated line on a terminal, a line at intervals when piped. */
  status(line: string): void;
  step(progress: StepProgress): void;
  /** An event for programs; people see it from notes and steps. */
  event(event: RunEvent): void;
  /** The final summary of a run. */
  summary(text: string): void;
  /** Clears the updated line. */
  finish(): void;
}
