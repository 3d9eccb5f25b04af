/** Where a run stands after a step. */
export interface StepProgress {
  readonly epoch: number;
  readonly epochs: number;
  /** Within the epoch, from 1. */
  readonly epochStep: number;
  readonly stepsPerEpoch: number;
  readonly losses: Readonly<Record<string, number>>;
  readonly pairsPerSecond: number;
  readonly secondsLeft: number;
}

/** Tells a person how a run goes. */
export interface Progress {
  /** A line that stays. */
  note(line: string): void;
  /** The state of something that goes on: one steady line on a terminal, a line now and then when piped. */
  status(line: string): void;
  step(progress: StepProgress): void;
  /** Ends the steady line. */
  finish(): void;
}
