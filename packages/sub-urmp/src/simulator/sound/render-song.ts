import type { Random } from '@cmcgan/random';
import type { Note } from '../compose-song';
import type { Instrument } from '../../reading/instruments';
import { midiToHz } from '../pitches';
import { addNoise } from './noise';
import { partialAmplitudes } from './partials';
import { addRoom, type Room } from './room';
import { SAMPLE_RATE_HZ } from './sample-rate';
import { TIMBRES } from './timbres';

/** Samples per block: amplitudes are computed once per block and interpolated within it. */
const BLOCK = 128;
const HIGHEST_PARTIAL_HZ = 20_000;

export interface SongSound {
  readonly instrument: Instrument;
  readonly notes: readonly Note[];
  readonly durationMs: number;
  readonly tuningCents: number;
  /** This player's brightness: multiplies the timbre's cutoff frequency, about 0.92 to 1.1. */
  readonly brightness: number;
  readonly room: Room;
}

/**
 * Renders a song as mono samples in [-1, 1] at 44.1 kHz: additive synthesis with the instrument's timbre from `TIMBRES`, breath or bow
 * noise, and the room. The tone's level is -32 dBFS (RMS) at loudness 0 and -16 dBFS at loudness 1.
 */
export function renderSong(song: SongSound, random: Random): Float32Array {
  const samples = new Float32Array(Math.ceil((song.durationMs / 1000) * SAMPLE_RATE_HZ));
  for (const [index, note] of song.notes.entries()) renderNote(samples, { song, note, random: random.fork(index) });
  return addRoom(samples, song.room, random.fork('room'));
}

interface NoteSound {
  readonly song: SongSound;
  readonly note: Note;
  readonly random: Random;
}

function renderNote(samples: Float32Array, { song, note, random }: NoteSound): void {
  const timbre = TIMBRES[song.instrument];
  const start = Math.round((note.startMs / 1000) * SAMPLE_RATE_HZ);
  const length = Math.round(((note.endMs - note.startMs + timbre.releaseMs * 0.5) / 1000) * SAMPLE_RATE_HZ);
  const envelope = noteEnvelope(note, timbre, length);
  const hz = midiToHz(note.midi, song.tuningCents);
  const count = Math.floor(HIGHEST_PARTIAL_HZ / (hz * 2 ** (timbre.vibratoCents / 1200)));
  const level = 10 ** ((-32 + 16 * note.loudness) / 20);
  const vibratoRate = (2 * Math.PI * timbre.vibratoHz * (0.95 + 0.1 * random.uniform())) / SAMPLE_RATE_HZ;
  let phase = 2 * Math.PI * random.uniform();
  let amplitudes = new Float64Array(count);
  let next = new Float64Array(count);
  let audibleBefore = 0;
  for (let at = 0; at < length; at += BLOCK) {
    const swell = Math.min(1, at / (0.35 * SAMPLE_RATE_HZ)); // vibrato sets in after the attack
    const wave = Math.sin(vibratoRate * at) * swell;
    const blockHz = hz * 2 ** ((timbre.vibratoCents * wave) / 1200);
    const step = (2 * Math.PI * blockHz) / SAMPLE_RATE_HZ;
    [amplitudes, next] = [next, amplitudes];
    const force = note.loudness * Math.sqrt(envelope[at]); // brightness follows the attack
    const audible = partialAmplitudes(next, { timbre, hz: blockHz, force, brightness: song.brightness });
    const partials = { from: amplitudes, to: next, count: Math.max(audible, audibleBefore) };
    audibleBefore = audible;
    const gain = level * 10 ** ((timbre.tremoloDb * wave) / 20);
    const end = Math.min(at + BLOCK, length, samples.length - start);
    for (let i = at; i < end; i++) {
      phase += step;
      samples[start + i] += gain * envelope[i] * harmonicSum(phase, (i - at) / BLOCK, partials);
    }
  }
  addNoise(samples, { start, envelope, level, timbre, random });
}

interface Partials {
  /** Amplitudes at the block's beginning and end, index 0 = fundamental. */
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** Number of partials to add up. */
  readonly count: number;
}

/** Σ a_k sin(k·phase) by the Chebyshev recurrence sin((k+1)φ) = 2 cos φ sin kφ - sin((k-1)φ); `weight` runs from 0 to 1 through a block. */
function harmonicSum(phase: number, weight: number, { from, to, count }: Partials): number {
  const twiceCosine = 2 * Math.cos(phase);
  let previous = 0;
  let current = Math.sin(phase);
  let sum = 0;
  for (let k = 0; k < count; k++) {
    sum += (from[k] + (to[k] - from[k]) * weight) * current;
    const next = twiceCosine * current - previous;
    previous = current;
    current = next;
  }
  return sum;
}

/** The envelope of a note in [0, 1]: attack, slight decay and release, which overlaps with the next note's attack. */
function noteEnvelope(note: Note, timbre: { attackMs: number; releaseMs: number }, length: number): Float32Array {
  const attack = (timbre.attackMs / 1000) * SAMPLE_RATE_HZ * (1.3 - 0.6 * note.loudness); // soft notes speak slowly
  const release = (timbre.releaseMs / 1000) * SAMPLE_RATE_HZ;
  const envelope = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const rise = i < attack ? 0.5 - 0.5 * Math.cos((Math.PI * i) / attack) : 1;
    const left = length - i;
    const fall = left < release ? 0.5 - 0.5 * Math.cos((Math.PI * left) / release) : 1;
    envelope[i] = rise * fall * (0.9 + 0.1 * Math.exp(-i / (0.2 * SAMPLE_RATE_HZ)));
  }
  return envelope;
}
