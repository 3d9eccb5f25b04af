export { CheckpointNotFoundError, findCheckpoint } from './find-checkpoint';
export type { FindCheckpointOptions, FoundCheckpoint } from './find-checkpoint';
export { saveModel } from './save-model';
export type { SavedModel } from './save-model';
export { loadModel } from './load-model';
export type { LoadModelOptions } from './load-model';
export type { LoadedModel } from '../model-from-files';
export { writeFileAtomic } from './write-file-atomic';
