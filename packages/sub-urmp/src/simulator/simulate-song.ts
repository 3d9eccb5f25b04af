import { writeWav } from '@cmcgan/audio-features';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Random } from '@cmcgan/random';
import { composeSong, noteAt, type Note } from './compose-song';
import type { PairTruth, SongTruth } from './ground-truth';
import type { Instrument } from '../reading/instruments';
import { handPosition, midiToHz } from './pitches';
import { drawPicture } from './picture/draw-picture';
import type { Point } from './picture/geometry';
import { randomFinish } from './picture/materials';
import { randomFraming, randomLight, randomPerson, randomPlace } from './picture/palette';
import { FIRST_PAIR_MS, PAIR_STEP_MS, type SongPlan } from './plan-songs';
import { renderSong } from './sound/render-song';
import { SAMPLE_RATE_HZ } from './sound/sample-rate';

/** Half of a pair's sound is before its picture, half after. */
const HALF_WINDOW_MS = 250;
const WINDOW_SAMPLES = SAMPLE_RATE_HZ / 2;
/** 15 ms. */
const FADE_SAMPLES = 662;
const BOWED: readonly Instrument[] = ['cello', 'double_bass', 'viola', 'violin'];

export interface SimulateSongOptions {
  /** The folder that receives img/ and chunk/. */
  readonly folder: string;
  readonly imageSize: number;
  /** The random generator of the whole data set, which is forked for each song. */
  readonly random: Random;
}

/** Simulates one song, writes its pictures and sounds, and returns their ground truth. */
export async function simulateSong(
  plan: SongPlan,
  { folder, imageSize, random }: SimulateSongOptions,
): Promise<{ song: SongTruth; pairs: PairTruth[] }> {
  const own = random.fork(`${plan.instrument}/${plan.song}`);
  const durationMs = FIRST_PAIR_MS + (plan.pairCount - 1) * PAIR_STEP_MS + HALF_WINDOW_MS;
  const song = inventSong(plan, own, durationMs);
  const samples = renderSong({ ...song, durationMs }, own.fork('sound'));
  const [pictures, sounds] = ['img', 'chunk'].map((kind) => join(folder, kind, plan.split, plan.instrument));
  await Promise.all([mkdir(pictures, { recursive: true }), mkdir(sounds, { recursive: true })]);
  const pairs = await Promise.all(
    Array.from({ length: plan.pairCount }, async (_, i) => {
      const timeMs = FIRST_PAIR_MS + i * PAIR_STEP_MS;
      const stem = `${plan.instrument}${String(plan.song).padStart(2, '0')}_${timeMs}`;
      const window = cutWindow(samples, timeMs);
      const { svg, truth } = describePair(song, { timeMs, stem, window, imageSize });
      const jpeg = await sharp(Buffer.from(svg)).flatten().jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer();
      await writeFile(join(pictures, `${stem}.jpg`), jpeg);
      await writeFile(join(sounds, `${stem}.wav`), writeWav({ samples: [window, window], sampleRateHz: SAMPLE_RATE_HZ }));
      return truth;
    }),
  );
  return { song, pairs };
}

function inventSong({ split, instrument, song }: SongPlan, random: Random, durationMs: number): SongTruth {
  const look = random.fork('look');
  const sound = random.fork('player');
  return {
    split,
    instrument,
    song,
    person: randomPerson(look),
    place: randomPlace(look),
    framing: randomFraming(look),
    light: randomLight(look),
    finish: randomFinish(look, instrument),
    tuningCents: sound.integer(13) - 6,
    brightness: 0.92 + 0.18 * sound.uniform(),
    room: { wet: 0.05 + 0.12 * sound.uniform(), decay: 0.55 + 0.25 * sound.uniform(), noiseDb: -86 + 8 * sound.uniform() },
    notes: composeSong(random.fork('melody'), { instrument, durationMs }),
  };
}

interface PairMoment {
  readonly timeMs: number;
  readonly stem: string;
  readonly window: Float32Array;
  readonly imageSize: number;
}

/** The picture of one moment of a song, and its ground truth. */
function describePair(song: SongTruth, { timeMs, stem, window, imageSize }: PairMoment): { svg: string; truth: PairTruth } {
  const { split, instrument, notes } = song;
  const note = noteAt(notes, timeMs);
  const position = handPosition(instrument, note.midi);
  const stroke = BOWED.includes(instrument) ? bowStroke(notes, note, timeMs) : 0;
  const drawAt = (where: number) => drawPicture({ ...song, position: where, loudness: note.loudness, stroke }, imageSize);
  const { svg, hand } = drawAt(position);
  const overlapMs = Math.min(note.endMs, timeMs + HALF_WINDOW_MS) - Math.max(note.startMs, timeMs - HALF_WINDOW_MS);
  const truth = {
    id: `${split}/${instrument}/${stem}`,
    split,
    instrument,
    song: song.song,
    timeMs,
    midi: note.midi,
    frequencyHz: round(midiToHz(note.midi, song.tuningCents)),
    noteShare: overlapMs / (2 * HALF_WINDOW_MS),
    loudness: note.loudness,
    levelDb: round(levelDb(window)),
    handPosition: round(position),
    hand: roundPoint(hand),
    handTrack: [0, 0.25, 0.5, 0.75, 1].map((where) => roundPoint(drawAt(where).hand)),
    stroke: round(stroke),
  };
  return { svg, truth };
}

/** Bow position, with one stroke per note, alternately down and up. */
function bowStroke(notes: readonly Note[], note: Note, timeMs: number): number {
  const progress = (timeMs - note.startMs) / (note.endMs - note.startMs);
  return (notes.indexOf(note) % 2 === 0 ? 1 : -1) * (2 * progress - 1);
}

/** Cuts out the sound of a pair, and fades its ends: an abrupt end would be a click, a bright edge of its spectrogram. */
function cutWindow(samples: Float32Array, timeMs: number): Float32Array {
  const start = ((timeMs - HALF_WINDOW_MS) * SAMPLE_RATE_HZ) / 1000;
  const window = samples.slice(start, start + WINDOW_SAMPLES);
  for (let i = 0; i < FADE_SAMPLES; i++) {
    const gain = 0.5 - 0.5 * Math.cos((Math.PI * (i + 0.5)) / FADE_SAMPLES);
    window[i] *= gain;
    window[WINDOW_SAMPLES - 1 - i] *= gain;
  }
  return window;
}

function levelDb(samples: Float32Array): number {
  let power = 0;
  for (const x of samples) power += (x * x) / samples.length;
  return 10 * Math.log10(Math.max(power, 1e-10));
}

function roundPoint({ x, y }: Point): Point {
  return { x: round(x), y: round(y) };
}

/** Rounds to four decimals. */
function round(value: number): number {
  return Math.round(value * 1e4) / 1e4 + 0; // + 0 turns -0, which JSON cannot represent, into 0
}
