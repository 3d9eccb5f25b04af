export { prepareFolders, type PrepareFoldersOptions } from './prepare-folders';
export { prepareVideos, type PrepareVideosOptions } from './prepare-videos';
export type { PrepareOptions, PrepareProgress } from './prepare-options';
export { shardDataset, type ShardOptions } from './shard-dataset';
export type { VideoReaderName } from './video/open-video-reader';
export { SILENCE, type SilenceRule } from '../reading/check/silence-rule';
