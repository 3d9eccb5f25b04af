import { readFile } from 'node:fs/promises';
import { logMelSpectrum, readWav, toMono, type DecibelRange } from '@cmcgan/audio-features';
import { encodePng, lmsToPixels } from '@cmcgan/image-io';
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
  readonly sounds: readonly DrawnSound[];
}

/** Most epochs per instrument: with the true sound, five half seconds take a third of a megabyte. */
const MAX_EPOCHS = 4;
const MAX_INSTRUMENTS = 6;

async function drawSound(path: string, label: string, range: DecibelRange): Promise<DrawnSound> {
  const bytes = await readFile(path);
  const { samples, sampleRateHz } = readWav(bytes, { name: path });
  const { data, melCount, frameCount } = logMelSpectrum(toMono(samples), { sampleRateHz });
  const [low, high] = [range.floorDb, range.ceilingDb];
  const picture = lmsToPixels(data, { melCount, frameCount, low, high, scale: { frames: 4, mels: 1 } });
  return { label, spectrum: dataUri('image/png', await encodePng(picture)), wav: dataUri('audio/wav', bytes) };
}

/** Draws one row per instrument: the true sound, then generated sounds of evenly spaced epochs, including the first and the last. */
export async function drawSounds(samples: StoredSamples, range: DecibelRange): Promise<SoundRow[]> {
  const rows: SoundRow[] = [];
  for (const [instrument, files] of thinOut([...samples.sounds], MAX_INSTRUMENTS)) {
    const truth = samples.trueSounds.get(instrument);
    const chosen = [
      ...(truth === undefined ? [] : [{ path: truth, label: 'true sound' }]),
      ...thinOut(files, MAX_EPOCHS).map(({ path, epoch }) => ({ path, label: `epoch ${epoch}` })),
    ];
    const sounds: DrawnSound[] = [];
    for (const { path, label } of chosen) sounds.push(await drawSound(path, label, range));
    rows.push({ instrument: instrument.replaceAll('_', ' '), sounds });
  }
  return rows;
}
