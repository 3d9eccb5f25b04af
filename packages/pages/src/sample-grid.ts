import type { FigureGrid, GridRow } from '@cmcgan/evaluation';
import type { PlayableSound } from './draw-samples';
import { escapeHtml } from './html';
import type { SoundBank } from './sound-bank';

/** The contents of a grid. */
export interface SampleGrid extends FigureGrid<string, PlayableSound> {
  /** Labels of the columns. */
  readonly columns: readonly string[];
}

/** A column for each instrument, rows of images, then rows of sounds, which are added to `bank`. A click on a spectrogram plays its sound. */
export function sampleGrid({ columns, images, sounds }: SampleGrid, bank: SoundBank): string {
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

/** The style of sample grids. */
export const SAMPLE_GRID_STYLE = `
.samples th,.samples td{padding:.15rem;border:0;text-align:center;vertical-align:middle}.samples thead td,.samples thead th{position:sticky;top:0;z-index:1;background:var(--paper);vertical-align:bottom}.samples thead th{white-space:normal;overflow-wrap:anywhere;line-height:1.2;max-width:80px;font-size:.8rem}
.samples th[scope=row]{white-space:normal;text-align:right;padding-right:.7rem;min-width:6rem;max-width:9rem;position:sticky;left:0;z-index:1;background:var(--paper);font-size:.85rem;line-height:1.25}.samples th small{display:block;font-weight:400}.samples thead td:first-child{left:0;z-index:2}
.samples img{display:block;border-radius:.3rem;width:76px;height:76px;max-width:none}.samples .gap td{text-align:left;padding:.8rem 0 .2rem;font-size:.85rem;color:var(--soft)}.gap span{position:sticky;left:0}
.play{border:2px solid transparent;border-radius:.45rem;padding:0;background:none;cursor:pointer;display:block}.play:hover,.play:focus-visible{border-color:var(--accent)}.play.playing{border-color:var(--warm)}`;

/** The script of a page with sample grids: plays a sound from the bank when its spectrogram is clicked. */
export const SAMPLE_GRID_SCRIPT = `const sounds=JSON.parse(document.getElementById('sounds').textContent);
document.addEventListener('click',event=>{const button=event.target.closest('.play');if(!button)return;
const audio=new Audio(sounds[button.dataset.sound]);button.classList.add('playing');audio.onended=()=>button.classList.remove('playing');audio.play();});`;
