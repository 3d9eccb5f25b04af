import { describe, expect, it } from 'vitest';
import { createRandom } from '@cmcgan/random';
import { INSTRUMENTS, type Instrument } from '../../reading/instruments';
import { MIDI_RANGE, midiToHz } from '../pitches';
import { estimatePitchHz } from './estimate-pitch.test-support';
import { renderSong } from './render-song';

const SILENT_ROOM = { wet: 0, decay: 0.5, noiseDb: -200 };

interface Tone {
  instrument: Instrument;
  midi: number;
  loudness?: number;
}

/** The middle half second of a note of one second. */
function tone({ instrument, midi, loudness = 0.6 }: Tone): Float32Array {
  const song = {
    instrument,
    notes: [{ startMs: 0, endMs: 1000, midi, loudness }],
    durationMs: 1000,
    tuningCents: 0,
    brightness: 1,
    room: SILENT_ROOM,
  };
  return renderSong(song, createRandom(1)).slice(11025, 33075);
}

const rms = (samples: Float32Array) => Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);

/** Amplitude at one frequency: correlation with a windowed complex exponential. */
function amplitudeAt(samples: Float32Array, hz: number): number {
  let [real, imaginary] = [0, 0];
  samples.forEach((x, i) => {
    const weight = 1 - Math.cos((2 * Math.PI * i) / samples.length);
    real += x * weight * Math.cos((2 * Math.PI * hz * i) / 44100);
    imaginary += x * weight * Math.sin((2 * Math.PI * hz * i) / 44100);
  });
  return (2 * Math.hypot(real, imaginary)) / samples.length;
}

const levelDb = (samples: Float32Array, hz: number) => 20 * Math.log10(amplitudeAt(samples, hz));

/** Centre of gravity of the first 25 partials. */
function brightnessHz(samples: Float32Array, fundamentalHz: number): number {
  const partials = Array.from({ length: 25 }, (_, k) => (k + 1) * fundamentalHz);
  const weights = partials.map((hz) => amplitudeAt(samples, hz));
  return partials.reduce((sum, hz, k) => sum + hz * weights[k], 0) / weights.reduce((a, b) => a + b);
}

describe('renderSong', () => {
  it.each(INSTRUMENTS)('%s: sounds at the pitch of its note, low, middle and high', (instrument) => {
    const [lowest, highest] = MIDI_RANGE[instrument];
    for (const midi of [lowest, Math.round((lowest + highest) / 2), highest]) {
      const cents = 1200 * Math.log2(estimatePitchHz(tone({ instrument, midi })) / midiToHz(midi));
      expect(Math.abs(cents), `${instrument} ${midi}`).toBeLessThan(30);
    }
  });

  it.each(INSTRUMENTS)('%s: is 8 dB louder for half the range of loudness, and never clips', (instrument) => {
    const midi = MIDI_RANGE[instrument][0] + 12;
    const [soft, loud] = [0.25, 0.75].map((loudness) => tone({ instrument, midi, loudness }));
    expect(20 * Math.log10(rms(loud) / rms(soft))).toBeCloseTo(8, 0);
    const loudest = tone({ instrument, midi, loudness: 1 });
    expect(loudest.reduce((peak, x) => Math.max(peak, Math.abs(x)), 0)).toBeLessThan(0.99);
  });

  it("lacks the even partials in the clarinet's sound only", () => {
    const evenUnderOdd = (instrument: Instrument) => {
      const [samples, hz] = [tone({ instrument, midi: 57, loudness: 0.3 }), midiToHz(57)];
      return levelDb(samples, hz) - levelDb(samples, 2 * hz);
    };
    expect(evenUnderOdd('clarinet')).toBeGreaterThan(18);
    expect(evenUnderOdd('sax')).toBeLessThan(12);
  });

  it.each(['horn', 'trombone', 'trumpet', 'tuba'] as const)('%s: grows brighter as it grows louder', (instrument) => {
    const midi = MIDI_RANGE[instrument][0] + 5;
    const [soft, loud] = [0.1, 0.95].map((loudness) => brightnessHz(tone({ instrument, midi, loudness }), midiToHz(midi)));
    expect(loud / soft).toBeGreaterThan(1.4);
  });

  it('has a formant: the bassoon is strongest near 480 Hz whatever the note', () => {
    for (const midi of [36, 43, 48]) {
      const samples = tone({ instrument: 'bassoon', midi });
      const levels = Array.from({ length: 12 }, (_, k) => levelDb(samples, (k + 1) * midiToHz(midi)));
      const strongestHz = (levels.indexOf(Math.max(...levels)) + 1) * midiToHz(midi);
      expect(Math.abs(Math.log2(strongestHz / 480)), `${midi}`).toBeLessThan(0.5);
    }
  });

  it("breathes: between the partials, the flute's noise is far above the trumpet's", () => {
    const noise = (instrument: Instrument) =>
      levelDb(tone({ instrument, midi: 72 }), 7.5 * midiToHz(72)) - 20 * Math.log10(rms(tone({ instrument, midi: 72 })));
    expect(noise('flute') - noise('trumpet')).toBeGreaterThan(10);
  });

  it('adds reverberation that outlasts the note, and room noise', () => {
    const song = (wet: number, noiseDb: number) => ({
      instrument: 'oboe' as const,
      notes: [{ startMs: 0, endMs: 400, midi: 72, loudness: 1 }],
      durationMs: 800,
      tuningCents: 0,
      brightness: 1,
      room: { wet, decay: 0.7, noiseDb },
    });
    const tail = (wet: number, noiseDb: number) => rms(renderSong(song(wet, noiseDb), createRandom(1)).slice(22050));
    expect(tail(0, -200)).toBeLessThan(1e-6);
    expect(tail(0.2, -200)).toBeGreaterThan(1e-4);
    expect(20 * Math.log10(tail(0, -60))).toBeCloseTo(-60, 0);
  });
});
