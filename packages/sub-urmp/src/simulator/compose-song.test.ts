import { describe, expect, it } from 'vitest';
import { createRandom } from '@cmcgan/random';
import { composeSong, noteAt } from './compose-song';
import { INSTRUMENTS, type Instrument } from '../reading/instruments';
import { MIDI_RANGE } from './pitches';

const compose = (seed: number, instrument: Instrument = 'cello') =>
  composeSong(createRandom(seed), { instrument, durationMs: 60_000 });

describe('composeSong', () => {
  it.each(INSTRUMENTS)('%s: stays in the range and uses most of it', (instrument) => {
    const pitches = compose(1, instrument).map((note) => note.midi);
    const [lowest, highest] = MIDI_RANGE[instrument];
    expect(Math.min(...pitches)).toBeGreaterThanOrEqual(lowest);
    expect(Math.max(...pitches)).toBeLessThanOrEqual(highest);
    expect(Math.max(...pitches) - Math.min(...pitches)).toBeGreaterThan(0.7 * (highest - lowest));
  });

  it('leaves no gap, lasts long enough and changes loudness within 0 and 1', () => {
    const notes = compose(2);
    notes.slice(1).forEach((note, i) => expect(note.startMs).toBe(notes[i].endMs));
    expect(notes[0].startMs).toBe(0);
    expect(notes[notes.length - 1].endMs).toBeGreaterThanOrEqual(60_000);
    const loudness = notes.map((note) => note.loudness);
    expect(Math.min(...loudness)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...loudness)).toBeLessThanOrEqual(1);
    expect(Math.max(...loudness) - Math.min(...loudness)).toBeGreaterThan(0.6);
  });

  it('depends on the seed alone', () => {
    expect(compose(3)).toEqual(compose(3));
    expect(compose(3)).not.toEqual(compose(4));
  });
});

describe('noteAt', () => {
  it('finds the sounding note; a boundary belongs to the later one', () => {
    const notes = compose(5);
    expect(noteAt(notes, 0)).toBe(notes[0]);
    expect(noteAt(notes, notes[0].endMs)).toBe(notes[1]);
    expect(noteAt(notes, 1e9)).toBe(notes[notes.length - 1]);
  });
});
