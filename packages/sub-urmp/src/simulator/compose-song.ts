import type { Random } from '@cmcgan/random';
import type { Instrument } from '../reading/instruments';
import { MIDI_RANGE } from './pitches';

/** One note of a melody; times are relative to the start of the song. */
export interface Note {
  readonly startMs: number;
  readonly endMs: number;
  readonly midi: number;
  /** 0 (as soft as the instrument can play) to 1 (as loud as it can). */
  readonly loudness: number;
}

const SCALES = [
  [0, 2, 4, 5, 7, 9, 11],
  [0, 2, 3, 5, 7, 8, 10],
  [0, 2, 4, 7, 9],
] as const;

/**
 * Composes a melody without rests: notes of 0.4 to 0.9 s on a scale that wander over the instrument's whole range, with a loudness that
 * wanders too. The last note ends at or after `durationMs`.
 */
export function composeSong(random: Random, { instrument, durationMs }: { instrument: Instrument; durationMs: number }): Note[] {
  const pitches = scalePitches(random, instrument);
  const notes: Note[] = [];
  let index = random.integer(pitches.length);
  let loudness = random.uniform();
  for (let startMs = 0; startMs < durationMs; startMs = notes[notes.length - 1].endMs) {
    const endMs = startMs + 100 * (4 + random.integer(6));
    notes.push({ startMs, endMs, midi: pitches[index], loudness: Math.round(loudness * 1000) / 1000 });
    index = reflect(index + leap(random), pitches.length - 1);
    loudness = reflect(loudness + 0.35 * random.normal(), 1);
  }
  return notes;
}

/** The note that sounds at a given time; after the end, the last one. */
export function noteAt(notes: readonly Note[], timeMs: number): Note {
  return notes.find((note) => timeMs < note.endMs) ?? notes[notes.length - 1];
}

function scalePitches(random: Random, instrument: Instrument): number[] {
  const [lowest, highest] = MIDI_RANGE[instrument];
  const tonic = random.integer(12);
  const scale: readonly number[] = SCALES[random.integer(SCALES.length)];
  const all = Array.from({ length: highest - lowest + 1 }, (_, i) => lowest + i);
  return all.filter((midi) => scale.includes((midi - tonic + 1200) % 12));
}

/** One to seven scale steps up or down; never 0, since a repeated note would not be visible. */
function leap(random: Random): number {
  return (1 + random.integer(7)) * (random.uniform() < 0.5 ? -1 : 1);
}

/** Mirrors a value at 0 and at the highest allowed one. */
function reflect(value: number, highest: number): number {
  const folded = Math.abs(value) % (2 * highest);
  return folded > highest ? 2 * highest - folded : folded;
}
