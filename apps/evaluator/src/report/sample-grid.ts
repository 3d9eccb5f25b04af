import type { FigureGrid, GridRow } from '@cmcgan/evaluation';
import type { PlayableSound } from '../gallery/gallery';
import { escapeHtml } from './html';
import type { SoundBank } from './sound-bank';

/** What a grid shows. */
export interface Grid extends FigureGrid<string, PlayableSound> {
  /** Labels of the columns. */
  readonly columns: readonly string[];
}

/** Columns of instruments, rows of images, then rows of sounds; a click on a spectrogram plays its sound, which `bank` keeps. */
export function sampleGrid({ columns, images, sounds }: Grid, bank: SoundBank): string {
  const head = columns.map((name) => `<th scope="col">${escapeHtml(name.replaceAll('_', ' '))}</th>`).join('');
  const row = ({ label, about }: Omit<GridRow<never>, 'cells'>, cells: readonly string[]) =>
    `<tr><th scope="row">${escapeHtml(label)}${about === undefined ? '' : `<small>${escapeHtml(about)}</small>`}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  const imageCell = (label: string) => (uri: string, i: number) =>
    `<img src="${uri}" alt="${escapeHtml(`${label}: ${columns[i]}`)}" width="76" height="76">`;
  const soundCell =
    (label: string) =>
    ({ spectrogram, wav }: PlayableSound, i: number) =>
      `<button class="play" aria-label="play ${escapeHtml(`${label}: ${columns[i]}`)}" data-sound="${bank.add(wav)}"><img src="${spectrogram}" alt="" width="76" height="76"></button>`;
  const rows = [
    ...images.map((image) => row(image, image.cells.map(imageCell(image.label)))),
    `<tr class="gap"><td colspan="${columns.length + 1}"><span>Sounds: click a spectrogram to play it</span></td></tr>`,
    ...sounds.map((sound) => row(sound, sound.cells.map(soundCell(sound.label)))),
  ];
  return `<div class="scroll tall"><table class="samples"><thead><tr><td></td>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}
