export { batchCount, batches, type Batch, type BatchesOptions } from './batches/batches';
export {
  tolerateUnreadable,
  type UnreadablePair,
  type UnreadablePairs,
  type UnreadablePairsOptions,
} from './batches/unreadable-pairs';
export type { FindPairsOptions } from './archive/find-pairs';
export { describeIgnored, type IgnoredFile } from './archive/ignored-file';
export { PICTURE_EXTENSIONS, SOUND_EXTENSIONS, VIDEO_EXTENSIONS } from './archive/media-extensions';
export {
  CARD_FILE,
  describeDataset,
  readDatasetCard,
  writeDatasetCard,
  type ClassCard,
  type DatasetCard,
  type PreparationCard,
  type SourceCard,
  type UnusedCard,
} from './card/dataset-card';
export { auditLeakage, describeLeakage, WINDOW_MS, type AuditOptions, type LeakageAudit } from './check/audit-leakage';
export type { FileProblem } from './check/broken-file';
export { checkDataset, type DatasetCheck } from './check/check-dataset';
export type { PictureWarning } from './check/picture-warnings';
export type { LeftOut } from './check/left-out';
export { describeMissingClasses } from './check/missing-classes';
export { BrokenFileError } from './check/broken-file';
export type { Dataset, Pair, Sample, Split } from './dataset';
export { CACHE_FOLDER, MEMORY_BYTES, type ExamineOptions } from './examine-folder';
export { openDataset, type OpenDatasetOptions } from './open-dataset';
export { findPairs, type FoundPairs } from './archive/find-pairs';
export { SILENCE, type SilenceRule } from './prepare/cut-windows';
export { prepareFolders, type PrepareFoldersOptions } from './prepare/prepare-folders';
export type { PrepareOptions, PrepareProgress } from './prepare/prepare-options';
export { prepareVideos, type PrepareVideosOptions } from './prepare/prepare-videos';
export type { VideoReaderName } from './prepare/video/open-video-reader';
export { RemediableError, type OnWarning } from './remediable-error';
export { splitPart, type SplitPart, type SplitPartOptions } from './split/split-part';
export { simulateDataset, type SimulateOptions, type SimulateProgress } from './simulator/simulate-dataset';
export type { GroundTruth, PairTruth, SongTruth } from './simulator/ground-truth';
export { readGroundTruth } from './simulator/ground-truth';
export { handPosition, handPositionToMidi, INSTRUMENTS, MIDI_RANGE, midiToHz, type Instrument } from './simulator/instruments';
