export { batchCount, batches, type Batch, type BatchesOptions } from './batches/batches';
export type { FindPairsOptions } from './archive/find-pairs';
export type { Dataset, Pair, Sample, Split } from './dataset';
export { CACHE_FOLDER, MEMORY_BYTES, openDataset, type OpenDatasetOptions } from './open-dataset';
export { createRandom, restoreRandom, type Random, type RandomState } from './random';
export { simulateDataset, type SimulateOptions, type SimulateProgress } from './simulator/simulate-dataset';
export type { GroundTruth, PairTruth, SongTruth } from './simulator/ground-truth';
export { readGroundTruth } from './simulator/ground-truth';
export { handPosition, handPositionToMidi, INSTRUMENTS, MIDI_RANGE, midiToHz, type Instrument } from './simulator/instruments';
