import type { Instrument } from '../reading/instruments';

/** Sounding range of the simulated players as MIDI note numbers (69 = A4), inclusive: two octaves, in which melodies mostly stay. */
export const MIDI_RANGE: Record<Instrument, readonly [lowest: number, highest: number]> = {
  bassoon: [38, 62],
  cello: [40, 64],
  clarinet: [55, 79],
  double_bass: [28, 52],
  flute: [62, 86],
  horn: [43, 67],
  oboe: [61, 85],
  sax: [52, 76],
  trombone: [42, 66],
  trumpet: [56, 80],
  tuba: [29, 53],
  viola: [50, 74],
  violin: [59, 83],
};

/** Converts a MIDI note number to Hz in equal temperament, with A4 = 440 Hz shifted by `tuningCents`. */
export function midiToHz(midi: number, tuningCents = 0): number {
  return 440 * 2 ** ((midi - 69) / 12 + tuningCents / 1200);
}

/**
 * Position of the picture's moving hand (or the trombone's slide) for a pitch: 0 for the instrument's lowest note, 1 for its highest,
 * linear in semitones, so that each position stands for one pitch. A simplification: real fingerings and slide positions repeat.
 */
export function handPosition(instrument: Instrument, midi: number): number {
  const [lowest, highest] = MIDI_RANGE[instrument];
  return (midi - lowest) / (highest - lowest);
}

/** The inverse of `handPosition`: position in [0, 1] → MIDI note number (fractional). */
export function handPositionToMidi(instrument: Instrument, position: number): number {
  const [lowest, highest] = MIDI_RANGE[instrument];
  return lowest + position * (highest - lowest);
}
