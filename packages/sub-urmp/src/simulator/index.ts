export { simulateDataset, type SimulateOptions, type SimulateProgress } from './simulate-dataset';
export { isSimulated, readGroundTruth, type GroundTruth, type PairTruth, type SongTruth } from './ground-truth';
export { handPosition, handPositionToMidi, MIDI_RANGE, midiToHz } from './pitches';
