import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Note } from './compose-song';
import { INSTRUMENTS, type Instrument } from '../reading/instruments';
import { MIDI_RANGE } from './pitches';
import type { Point } from './picture/geometry';
import type { Framing, Light, Person, Place } from './picture/palette';
import type { Material } from './picture/svg';
import type { SimulatedSplit } from './plan-songs';
import type { Room } from './sound/room';

export const GROUND_TRUTH_FILE = 'ground-truth.json';
const SIMULATOR = '@cmcgan/sub-urmp simulator ';
/** Its number changes when the same seed gives other data. */
const GENERATOR = `${SIMULATOR}2`;

/** Ground truth of one pair. */
export interface PairTruth {
  /** `split/instrument/stem`, the id of the pair in an open data set. */
  readonly id: string;
  readonly split: SimulatedSplit;
  readonly instrument: Instrument;
  readonly song: number;
  /** The picture's time in the song; the sound is the 0.5 s around it. */
  readonly timeMs: number;
  /** The note that sounds at the picture's time, and how much of the 0.5 s it fills, 0 to 1 (1: no other note is heard). */
  readonly midi: number;
  readonly frequencyHz: number;
  readonly noteShare: number;
  /** How loudly the note is played, 0 to 1, and the RMS of the 0.5 s in dB below full scale. */
  readonly loudness: number;
  readonly levelDb: number;
  /** The moving hand's (or slide's) position: `handPosition(instrument, midi)`, 0 to 1. */
  readonly handPosition: number;
  /** Position of that hand in the picture, 0 to 1 from the left and from the top. */
  readonly hand: Point;
  /** Where it would be for the lowest note, for a quarter, half and three quarters of the range, and for the highest, all else equal. */
  readonly handTrack: readonly Point[];
  /** Position of the bow in its stroke, -1 to 1; 0 for winds. */
  readonly stroke: number;
}

/** Ground truth that all pairs of a song share. */
export interface SongTruth {
  readonly split: SimulatedSplit;
  readonly instrument: Instrument;
  readonly song: number;
  readonly person: Person;
  readonly place: Place;
  readonly framing: Framing;
  readonly light: Light;
  /** Colours of the instrument. */
  readonly finish: Material;
  readonly tuningCents: number;
  readonly brightness: number;
  readonly room: Room;
  readonly notes: readonly Note[];
}

/** The contents of ground-truth.json. */
export interface GroundTruth {
  readonly generator: string;
  readonly seed: number;
  readonly imageSize: number;
  /** The meaning of `handPosition`, for readers without this package. */
  readonly handPositionFormula: string;
  readonly instruments: readonly { readonly name: Instrument; readonly lowestMidi: number; readonly highestMidi: number }[];
  readonly songs: readonly SongTruth[];
  readonly pairs: readonly PairTruth[];
}

export function groundTruth(contents: Pick<GroundTruth, 'seed' | 'imageSize' | 'songs' | 'pairs'>): GroundTruth {
  return {
    generator: GENERATOR,
    seed: contents.seed,
    imageSize: contents.imageSize,
    handPositionFormula:
      'handPosition = (midi - lowestMidi) / (highestMidi - lowestMidi); handTrack: the hand at handPosition 0, 0.25, 0.5, 0.75 and 1',
    instruments: INSTRUMENTS.map((name) => ({ name, lowestMidi: MIDI_RANGE[name][0], highestMidi: MIDI_RANGE[name][1] })),
    songs: contents.songs,
    pairs: contents.pairs,
  };
}

/**
 * Reads the ground truth that `simulateDataset` wrote into a folder. What simulator 1 made (see `generator`) has only the ends of
 * `handTrack`, and neither `light` nor `finish`.
 * @throws Error if the folder was not made by the simulator
 */
export async function readGroundTruth(folder: string): Promise<GroundTruth> {
  const file = join(folder, GROUND_TRUTH_FILE);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`readGroundTruth: folder must hold ${GROUND_TRUTH_FILE}, as simulateDataset writes it, got ${folder}`, {
      cause,
    });
  });
  const truth = JSON.parse(text) as GroundTruth;
  if (typeof truth.generator !== 'string' || !truth.generator.startsWith(SIMULATOR))
    throw new Error(`readGroundTruth: generator must be ${GENERATOR} or an earlier one, got ${truth.generator} in ${file}`);
  return truth;
}

/** Whether a folder holds a finished simulation: `simulateDataset` writes the ground truth last. */
export async function isSimulated(folder: string): Promise<boolean> {
  return readGroundTruth(folder).then(
    () => true,
    () => false,
  );
}
