export { CheckpointNotFoundError, findCheckpoint } from './find-checkpoint';
export type { FindCheckpointOptions, FoundCheckpoint } from './find-checkpoint';
export { saveModel } from './save-model';
export type { SavedModel } from './save-model';
export { loadModel } from './load-model';
export type { LoadModelOptions, LoadedModel } from './load-model';
export { writeFileAtomic } from './write-file-atomic';
export type { WriteOptions } from './write-file-atomic';
export { writeTensors } from './write-tensors';
