import type { PlayableSound } from '../gallery/gallery';
import { escapeHtml } from './html';
import type { SoundBank } from './sound-bank';

/** A labelled row, a cell for each column. */
export interface GridRow<Cell> {
  readonly label: string;
  readonly cells: readonly Cell[];
}

/** What a grid shows. */
export interface Grid {
  /** Labels of the columns. */
  readonly columns: readonly string[];
  readonly images: readonly GridRow<string>[];
  readonly sounds: readonly GridRow<PlayableSound>[];
}

/** Columns of instruments, rows of images, then rows of sounds; a click on a spectrogram plays its sound, which `bank` keeps. */
export function sampleGrid({ columns, images, sounds }: Grid, bank: SoundBank): string {
  const head = columns.map((name) => `<th scope="col">${escapeHtml(name.replaceAll('_', ' '))}</th>`).join('');
  const row = (label: string, cells: readonly string[]) =>
    `<tr><th scope="row">${escapeHtml(label)}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  const imageCell = (label: string) => (uri: string, i: number) =>
    `<img src="${uri}" alt="${escapeHtml(`${label}: ${columns[i]}`)}" width="76" height="76">`;
  const soundCell =
    (label: string) =>
    ({ spectrogram, wav }: PlayableSound, i: number) =>
      `<button class="play" aria-label="play ${escapeHtml(`${label}: ${columns[i]}`)}" data-sound="${bank.add(wav)}"><img src="${spectrogram}" alt="" width="76" height="76"></button>`;
  const rows = [
    ...images.map(({ label, cells }) => row(label, cells.map(imageCell(label)))),
    `<tr class="gap"><td colspan="${columns.length + 1}">sounds: click to play</td></tr>`,
    ...sounds.map(({ label, cells }) => row(label, cells.map(soundCell(label)))),
  ];
  return `<div class="scroll"><table class="samples"><thead><tr><td></td>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}
