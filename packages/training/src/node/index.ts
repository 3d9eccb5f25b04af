export { train } from './train/train';
export { assertAlike, isSharedWithOthers, onFirstRank, SharedError } from './train/ranks';
export type { Facts } from './train/ranks';
export { DivergedError } from '../divergence';
export type { TrainingResult } from './train/train';
export type { CheckpointOptions, TrainingData, TrainingDataFacts, TrainOptions } from './train/train-options';
export type {
  RankTimes,
  RunOutcome,
  StepReport,
  TrainingControls,
  TrainingFacts,
  TrainingObserver,
  TrainingRun,
} from './train/training-observer';
export { epochInProgress, RUN_START } from './train/training-observer';
export type { RunPosition } from './train/training-observer';
export { findIntactCheckpoint } from './checkpoint/find-intact-checkpoint';
export { openCheckpoint } from './checkpoint/open-checkpoint';
export type { Checkpoint } from './checkpoint/open-checkpoint';
export { restoreCheckpoint } from './checkpoint/restore-checkpoint';
export type { Restored } from './checkpoint/restore-checkpoint';
export { saveCheckpoint } from './checkpoint/save-checkpoint';
export type { Saved, TrainingPosition } from './checkpoint/save-checkpoint';
export type { TrainingState } from './checkpoint/checkpoint';
export { DamagedCheckpointError, verifyCheckpoint } from './checkpoint/verify-checkpoint';
export type { VerifiedCheckpoint } from './checkpoint/verify-checkpoint';
export { createEventFile } from './tensorboard/event-file';
export type { EventFile, EventFileOptions } from './tensorboard/event-file';
export type { EventContent, EventImage, EventSound } from './tensorboard/event';
export { findRun } from './run/find-run';
export type { CheckpointInfo, TrainedRun } from './run/find-run';
export { lastCheckpoint, runFolder } from './run/run-folder';
export type { RunFolder } from './run/run-folder';
export { openRunFolder, RunFolderNotWritableError, RunFolderTakenError } from './run/open-run-folder';
export type { OpenRunFolder, RunFolderUse } from './run/open-run-folder';
export { isRunFolderInUse, lockRunFolder, RunFolderInUseError } from './run/lock-run-folder';
export type { RunLock } from './run/lock-run-folder';
export { removeLeftovers } from './run/clean-run-folder';
export { readRunConfig, writeRunConfig } from './run/run-config';
export type { Environment, Resume, RunConfig, RunData, RunOptions } from './run/run-config';
export { cutRunLog, openRunLog, readRunLog } from './run/run-log';
export type { LogLine, RunLog, StepRecord } from './run/run-log';
export { END_REASONS, readRunEnding, removeRunEnding, writeRunEnding } from './run/run-ending';
export type { EndReason, RunEnding } from './run/run-ending';
export { readJudgingFile, writeJudgingFile } from './run/judging-file';
export type { JudgedAccuracy, JudgedScore, JudgedSource, JudgingFile } from './run/judging-file';
export { readJson } from './files/read-json';
export { writeAtomically, writeJson } from './files/write-atomically';
export type { WriteAtomicallyOptions } from './files/write-atomically';
