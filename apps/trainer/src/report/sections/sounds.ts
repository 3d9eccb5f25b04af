import { escapeHtml } from '@cmcgan/pages/html';
import type { DrawnSound, SoundRow } from '../draw-sounds';
import type { Section } from './section';

function soundFigure(instrument: string, { label, spectrum, wav }: DrawnSound): string {
  const name = escapeHtml(`${instrument}, ${label}`);
  return `<figure class="sound"><button type="button" aria-label="play ${name}"><img src="${spectrum}" alt="" width="176" height="128"><i class="needle"></i><i class="press">▶</i></button>
<audio preload="metadata" src="${wav}"></audio><figcaption>${escapeHtml(label)}</figcaption></figure>`;
}

const row = ({ instrument, sounds }: SoundRow) =>
  `<h3>${escapeHtml(instrument)}</h3><div class="sounds">${sounds.map((sound) => soundFigure(instrument, sound)).join('')}</div>`;

/** Generated sounds to play, next to the true ones. */
export const sounds: Section = {
  id: 'sounds',
  title: 'Sounds to play',
  render: (content) =>
    content.sounds.length === 0
      ? null
      : `<p class="quiet">Made from pictures of the validation split; press a spectrogram to hear it. A generated spectrogram has no phases: they are
estimated, which colours the sound.</p>${content.sounds.map(row).join('')}`,
};
