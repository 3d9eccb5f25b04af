import type { RunEnding } from '@cmcgan/training/node';

/** Where a run stands after a step, and how it goes. */
export interface StepProgress {
  /** Over the whole run, from 1. */
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
  /** Memory of the whole process. */
  readonly residentBytes: number;
}

/** What happens to a run between its steps. Folders are absolute; steps and epochs are counted from the run's very start. */
export type RunEvent =
  | {
      readonly event: 'started';
      readonly folder: string;
      /** Steps taken before: more than 0 in a resumed run. */
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
      /** Why it ended before its time by itself; null where it did not. */
      readonly stopReason: string | null;
      readonly unreadablePairs: number;
      readonly folder: string;
      readonly checkpoint: string;
      readonly step: number;
      readonly seconds: number;
      readonly peakBytes: number;
    }
  | { readonly event: 'error'; readonly message: string };

/** Tells a person, or a program that reads along, how a run goes. */
export interface Progress {
  /** A line that stays. */
  note(line: string): void;
  /** The state of work in progress: one steady line on a terminal, a line at intervals when piped. */
  status(line: string): void;
  step(progress: StepProgress): void;
  /** For programs; people read it from notes and steps. */
  event(event: RunEvent): void;
  /** The last words of a run. */
  summary(text: string): void;
  /** Ends the steady line. */
  finish(): void;
}
