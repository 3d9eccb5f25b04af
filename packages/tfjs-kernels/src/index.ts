export type { Activation, BiasActivation } from './activation';
export { createAdam } from './adam';
export type { AdamOptions } from './adam';
export { batchNormActivation } from './batch-norm-activation';
export type {
  BatchNormActivationOptions,
  BatchNormActivationResult,
  GroupedBatchNormActivationOptions,
} from './batch-norm-activation';
export { batchNormActivationInference } from './batch-norm-activation-inference';
export type { BatchNormStatistics } from './batch-norm-activation-inference';
export { biasActivation } from './bias-activation';
export type { BiasActivationOptions } from './bias-activation';
export { l1Loss } from './l1-loss';
export { createMomentum } from './momentum';
export type { MomentumOptions } from './momentum';
export { moveAverages } from './move-averages';
export type { AverageMove, TensorRow } from './move-averages';
export type { Optimizer } from './optimizer';
export { canRecord, canRecordPauses, record, recordingPays, recordWithPauses, registerRecorder } from './record';
export type { OnPause, PausingStep, Recorded, RecordedWithPauses, Recorder } from './record';
export { withoutGradient } from './without-gradient';
