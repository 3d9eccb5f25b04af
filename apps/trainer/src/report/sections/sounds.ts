import { hzToMel, LMS_SAMPLE_RATE_HZ, playbackGainDb } from '@cmcgan/audio-features';
import { escapeHtml } from '@cmcgan/pages/html';
import type { DrawnSound, SoundRow } from '../draw-sounds';
import type { Section } from './section';

/** Labelled frequencies of the spectrograms, whose rows are mels up to half the sample rate. */
const TICKS_KHZ = [0.5, 1, 2, 5, 10, 20];

const FREQUENCIES = TICKS_KHZ.map((kHz) => {
  const share = hzToMel(1000 * kHz) / hzToMel(LMS_SAMPLE_RATE_HZ / 2);
  return `<i style="bottom:${(100 * share).toFixed(1)}%">${kHz}</i>`;
}).join('');

const AXES = `<span class="hz" aria-hidden="true">${FREQUENCIES}</span><span class="seconds" aria-hidden="true"><i>0</i><i>0.25</i><i>0.5 s</i></span>`;

/** A sound to see and to play. */
export function soundFigure(name: string, { label, spectrum, wav }: DrawnSound): string {
  return `<figure class="sound"><figcaption>${escapeHtml(label)}</figcaption><button type="button" aria-label="play ${escapeHtml(`${name}, ${label}`)}"><img src="${spectrum}" alt="" width="147" height="107"><i class="needle"></i><i class="press">▶</i></button>
${AXES}<audio preload="metadata" src="${wav}"></audio></figure>`;
}

function row({ instrument, lines }: SoundRow): string {
  const drawn = lines.map((sounds, index) => {
    const name = lines.length === 1 ? instrument : `${instrument}, pair ${index + 1}`;
    return `<div class="sounds">${sounds.map((sound) => soundFigure(name, sound)).join('')}</div>`;
  });
  return `<h4>${escapeHtml(instrument)}</h4><div class="lines">${drawn.join('')}</div>`;
}

const part = (title: string, rows: readonly SoundRow[]) =>
  rows.length === 0 ? '' : `<h3>${title}</h3>${rows.map(row).join('')}`;

/** Generated sounds to play, next to the true ones. */
export const sounds: Section = {
  id: 'sounds',
  title: 'Sounds to play',
  render: ({ sounds: { final, epochs }, run }) => {
    if (final.length + epochs.length === 0) return null;
    const gainDb = playbackGainDb(run.config.data.decibelRange).toFixed(0);
    return `<p class="quiet">Made from pictures of the validation split; press a spectrogram to hear it. V→V→A is made by way of a picture, V→A directly. Frequencies are in kHz. A generated spectrogram has no
phases: they are estimated, which colours the sound. All sounds, recordings too, are ${gainDb} dB louder than the data's own level.</p>
${part('At the end of the run', final)}${part('Epoch by epoch', epochs)}`;
  },
};
