export { batchCount, batches, type Batch, type BatchesOptions } from './reading/batches/batches';
export type { Sampling } from './reading/batches/draw-samples';
export {
  tolerateUnreadable,
  type UnreadablePair,
  type UnreadablePairs,
  type UnreadablePairsOptions,
} from './reading/batches/unreadable-pairs';
export type { FindPairsOptions } from './reading/archive/find-pairs';
export { describeIgnored, type IgnoredFile } from './reading/archive/ignored-file';
export { PICTURE_EXTENSIONS, SOUND_EXTENSIONS, VIDEO_EXTENSIONS } from './reading/archive/media-extensions';
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
} from './reading/card/dataset-card';
export { auditLeakage, describeLeakage, WINDOW_MS, type AuditOptions, type LeakageAudit } from './reading/check/audit-leakage';
export type { FileProblem } from './reading/check/broken-file';
export { checkDataset, type DatasetCheck } from './reading/check/check-dataset';
export type { PictureWarning } from './reading/check/picture-warnings';
export type { LeftOut } from './reading/check/left-out';
export { describeMissingClasses } from './reading/check/missing-classes';
export { BrokenFileError } from './reading/check/broken-file';
export type { Dataset, Sample } from './reading/dataset';
export type { Pair, Split } from './reading/pair';
export { CACHE_FOLDER, MEMORY_BYTES, type ExamineOptions } from './reading/examine-folder';
export { openDataset, type OpenDatasetOptions } from './reading/open-dataset';
export { findPairs, type FoundPairs } from './reading/archive/find-pairs';
export { readPairFile } from './reading/archive/pair-file';
export { RemediableError, type OnWarning } from './reading/remediable-error';
export { foldsOf, type Fold } from './reading/split/folds';
export { splitPart, type SplitPart, type SplitPartOptions } from './reading/split/split-part';
export { INSTRUMENTS, type Instrument } from './reading/instruments';
