/** Time, memory and disk space measured for two steps and the end of an epoch. */
export interface Measurement {
  /** Weights by network. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Description of the backend. */
  readonly backend: string;
  readonly pairs: Readonly<Record<string, number>>;
  readonly classCount: number;
  /** Whether the musicians are simulated, by this run or before it. */
  readonly simulated: boolean;
  readonly stepsPerEpoch: number;
  /** The first step, which warms up. */
  readonly firstStepMs: number;
  readonly stepMs: number;
  /** Grids, sounds, report. */
  readonly epochEndMs: number;
  /** A checkpoint, from its beginning until it is on the disk. */
  readonly checkpointMs: number;
  /** The most memory that the process held. */
  readonly peakBytes: number;
  readonly checkpointBytes: number;
  /** Grids and sounds of one epoch, as files and in the TensorBoard file. */
  readonly samplesBytes: number;
  readonly reportBytes: number;
  /** One step in the log and in the TensorBoard file. */
  readonly stepLogBytes: number;
}
