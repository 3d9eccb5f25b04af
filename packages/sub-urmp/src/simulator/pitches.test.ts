import { describe, expect, it } from 'vitest';
import { INSTRUMENTS } from '../reading/instruments';
import { handPosition, handPositionToMidi, MIDI_RANGE, midiToHz } from './pitches';

describe('pitches', () => {
  it('lists the 13 classes of Sub-URMP alphabetically', () => {
    expect(INSTRUMENTS).toHaveLength(13);
    expect([...INSTRUMENTS]).toEqual([...INSTRUMENTS].sort());
  });

  it('tunes A4 to 440 Hz, middle C to 261.6 Hz, and moves by cents', () => {
    expect(midiToHz(69)).toBe(440);
    expect(midiToHz(60)).toBeCloseTo(261.6256, 4);
    expect(midiToHz(69, 1200)).toBe(880);
  });

  it.each(INSTRUMENTS)('%s: the hand moves from 0 to 1 over the range, and back to the pitch', (instrument) => {
    const [lowest, highest] = MIDI_RANGE[instrument];
    expect(handPosition(instrument, lowest)).toBe(0);
    expect(handPosition(instrument, highest)).toBe(1);
    expect(handPositionToMidi(instrument, handPosition(instrument, lowest + 7))).toBeCloseTo(lowest + 7, 10);
  });
});
