import { escapeHtml } from '../html';
import type { DrawnGrid } from '../draw-grids';
import type { Section } from './section';

function gridSlider(grids: readonly DrawnGrid[], what: string): string {
  const last = grids.length - 1;
  const images = grids.map(
    ({ epoch, image, width, height }, index) =>
      `<img src="${image}" width="${width}" height="${height}" alt="${what}, epoch ${epoch}" data-label="epoch ${epoch}"${index < last ? ' hidden' : ''}>`,
  );
  const slider =
    last > 0
      ? `<input type="range" min="0" max="${last}" step="1" value="${last}" aria-label="${escapeHtml(`epoch of ${what}`)}">`
      : '';
  return `<div class="grids"><p class="slide">${slider}<output>epoch ${grids[last].epoch}</output></p><div class="wide">${images.join('')}</div></div>`;
}

const NONE = '<p class="quiet">Nothing yet: the first grid is drawn at the end of the first epoch.</p>';

/** What the networks paint when they hear the validation sounds. */
export const picturesFromSounds: Section = {
  id: 'pictures-from-sounds',
  title: 'Pictures from sounds',
  render: ({ soundToImage }) =>
    soundToImage.length === 0
      ? NONE
      : `<p class="quiet">Above the sound that was given, below the true picture; between them what the networks made of the sound: at the end of the
path A→A→V (the paper's) and directly, as far as they have both. The pairs are from the validation split, the same ones in every epoch.</p>${gridSlider(soundToImage, 'pictures from sounds')}`,
};

/** What the networks hear when they see the validation pictures. */
export const soundsFromPictures: Section = {
  id: 'sounds-from-pictures',
  title: 'Sounds from pictures',
  render: ({ imageToSound }) =>
    imageToSound.length === 0
      ? NONE
      : `<p class="quiet">Above the picture that was given, below the spectrum of the true sound; between them the spectra that the networks made of
the picture: at the end of the path V→V→A and directly, as far as they have both. Half a second runs to the right, pitch upwards.</p>${gridSlider(imageToSound, 'sounds from pictures')}`,
};
