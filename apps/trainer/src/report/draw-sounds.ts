import { readFile } from 'node:fs/promises';
import { logMelSpectrum, playbackGainDb, readWav, toMono, type DecibelRange } from '@cmcgan/audio-features';
import { encodePng, lmsToPixels } from '@cmcgan/image-io';
import { pathName } from '@cmcgan/model';
import { dataUri } from '@cmcgan/pages/html';
import type { StoredSamples } from './read-samples';
import { thinOut } from './thin-out';

/** A sound on the page, to see and to play. */
export interface DrawnSound {
  readonly label: string;
  /** Spectrogram of the sound, as a data URI. */
  readonly spectrum: string;
  readonly wav: string;
}

/** The sounds of one instrument. */
export interface SoundRow {
  readonly instrument: string;
  /** Lines of sounds to compare with each other, such as those of one pair. */
  readonly lines: readonly (readonly DrawnSound[])[];
}

/** All sounds on the page. */
export interface DrawnSounds {
  /** What the model generates at the end of the run: a line for each pair, the true sound first. */
  readonly final: readonly SoundRow[];
  /** How sounds change over the epochs: one line, the true sound first. */
  readonly epochs: readonly SoundRow[];
}

/** Most epochs per instrument: with the true sound, five half seconds take a third of a megabyte. */
const MAX_EPOCHS = 4;
const MAX_INSTRUMENTS = 6;

const TRUE_SOUND = 'true sound';

/** A sound file of samples/ to be drawn. */
interface LabelledFile {
  readonly label: string;
  readonly path: string;
}

/** Draws a sound that was amplified by the gain that follows from the range. */
export async function drawSound({ label, path }: LabelledFile, range: DecibelRange): Promise<DrawnSound> {
  const bytes = await readFile(path);
  const { samples, sampleRateHz } = readWav(bytes, { name: path });
  const { data, melCount, frameCount } = logMelSpectrum(toMono(samples), { sampleRateHz });
  const gainDb = playbackGainDb(range); // the file's
  const [low, high] = [range.floorDb + gainDb, range.ceilingDb + gainDb];
  const picture = lmsToPixels(data, { melCount, frameCount, low, high, scale: { frames: 4, mels: 1 } });
  return { label, spectrum: dataUri('image/png', await encodePng(picture)), wav: dataUri('audio/wav', bytes) };
}

async function drawLine(files: readonly LabelledFile[], range: DecibelRange): Promise<DrawnSound[]> {
  const sounds: DrawnSound[] = [];
  for (const file of files) sounds.push(await drawSound(file, range));
  return sounds;
}

const shownName = (instrument: string) => instrument.replaceAll('_', ' ');

/** Draws the pairs to listen to, and for a few instruments the sounds of evenly spaced epochs, including the first and the last. */
export async function drawSounds(samples: StoredSamples, range: DecibelRange): Promise<DrawnSounds> {
  const final = new Map<string, DrawnSound[][]>();
  for (const { instrument, truth, generated } of samples.listening) {
    const files = [{ label: TRUE_SOUND, path: truth }, ...generated.map(([role, path]) => ({ label: pathName(role), path }))];
    final.set(instrument, [...(final.get(instrument) ?? []), await drawLine(files, range)]);
  }
  const epochs: SoundRow[] = [];
  for (const [instrument, files] of thinOut([...samples.sounds], MAX_INSTRUMENTS)) {
    const truth = samples.trueSounds.get(instrument);
    const chosen = [
      ...(truth === undefined ? [] : [{ path: truth, label: TRUE_SOUND }]),
      ...thinOut(files, MAX_EPOCHS).map(({ path, epoch }) => ({ path, label: `epoch ${epoch}` })),
    ];
    epochs.push({ instrument: shownName(instrument), lines: [await drawLine(chosen, range)] });
  }
  return { final: [...final].map(([instrument, lines]) => ({ instrument: shownName(instrument), lines })), epochs };
}
