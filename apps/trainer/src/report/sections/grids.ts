import type { Direction } from '@cmcgan/model';
import { escapeHtml } from '@cmcgan/pages/html';
import { SAMPLE_FOLDERS } from '../../samples/sample-folders';
import { scrollable } from '../html';
import type { DrawnGrids, GridBlock } from '../draw-grids';
import type { GridRow } from '../grid-rows';
import type { Section } from './section';

/** What each row of the grids shows, explained without the paper. V stands for visual, A for audio. */
const LEGENDS: Readonly<Record<Direction, Readonly<Record<GridRow['kind'], string>>>> = {
  soundToImage: {
    given: 'what the networks were given: half a second of sound, drawn as its spectrogram (time to the right, pitch upwards)',
    pathEnd:
      "made from that sound (A, audio) by way of a sound: the networks first generate the sound again, and then the picture (V, visual) from it. The paper's figures are for this path",
    direct: 'made from that sound (A, audio) straight to a picture (V, visual)',
    truth: 'the musician filmed with that sound. A good picture shows the same instrument, not the same person',
  },
  imageToSound: {
    given: 'what the networks were given',
    pathEnd:
      "the spectrogram made from that picture (V, visual) by way of a picture: the networks first generate the picture again, and then the sound (A, audio) from it. The paper's figures are for this path",
    direct: 'made from that picture (V, visual) straight to a sound (A, audio)',
    truth: 'the sound recorded with that picture, as its spectrogram: half a second, time to the right, pitch upwards',
  },
};

function legend(direction: Direction, rows: readonly GridRow[]): string {
  const items = rows.map(({ kind, label }) => `<div><dt>${escapeHtml(label)}</dt><dd>${LEGENDS[direction][kind]}.</dd></div>`);
  return rows.length === 0 ? '' : `<dl class="legend">${items.join('')}</dl>`;
}

/** One image per epoch, of which the last is shown. */
function blockImages({ columns, images }: GridBlock, { epochs, what }: { epochs: readonly number[]; what: string }): string {
  const of = columns.length > 0 ? `: ${columns.join(', ')}` : '';
  const last = images.length - 1;
  return images
    .map((image, at) => {
      const label = `epoch ${epochs[at]}`;
      const alt = escapeHtml(`${what}, ${label}${of}`);
      return `<img src="${image}" alt="${alt}" data-frame="${at}" data-label="${label}"${at < last ? ' hidden' : ''}>`;
    })
    .join('');
}

/** Cells with their labels as text: instruments above, rows at the left. */
function blockFigure(block: GridBlock, { grids, what }: { grids: DrawnGrids; what: string }): string {
  const { epochs, rows } = grids;
  const cells = blockImages(block, { epochs, what });
  const { columns } = block;
  if (rows.length === 0) return scrollable(what, `<div class="sheet">${cells}</div>`);
  const above = columns.map((name) => `<span class="above">${escapeHtml(name)}</span>`).join('');
  const beside = rows.map(({ label }) => `<span class="beside">${escapeHtml(label)}</span>`).join('');
  const name = `${what}, ${columns[0]} to ${columns[columns.length - 1]}`;
  const size = `--columns:${columns.length};--rows:${rows.length}`;
  return scrollable(
    name,
    `<div class="cells" style="${size}"><span class="corner"></span>${above}${beside}<div class="drawn">${cells}</div></div>`,
  );
}

function epochSlider({ epochs }: DrawnGrids, what: string): string {
  const last = epochs.length - 1;
  if (last === 0) return `<p class="slide"><output>epoch ${epochs[last]}</output></p>`;
  const name = escapeHtml(`epoch of the ${what}`);
  return `<p class="slide"><input type="range" min="0" max="${last}" step="1" value="${last}" aria-label="${name}"><output>epoch ${epochs[last]}</output></p>`;
}

/** Says where the other epochs are, if not all are on the page. */
function leftOut({ epochs, storedEpochs }: DrawnGrids, folder: string): string {
  if (epochs.length === storedEpochs) return '';
  return `<p class="quiet">${epochs.length} of ${storedEpochs} epochs are on this page; all are in samples/${folder}.</p>`;
}

const NONE = '<p class="quiet">Nothing yet: the first grids are drawn at the end of the first epoch.</p>';

function section(direction: Direction, { id, title, what }: Record<'id' | 'title' | 'what', string>): Section {
  return {
    ...{ id, title },
    render({ [direction]: grids, soundToImage, imageToSound }) {
      if (soundToImage.epochs.length + imageToSound.epochs.length === 0) return NONE;
      if (grids.epochs.length === 0) return null; // a baseline of the other direction
      const blocks = grids.blocks.map((block) => blockFigure(block, { grids, what }));
      return `<p class="quiet">One pair of each instrument, from the validation split if it has one: not used for training, and the same in every epoch.</p>
${legend(direction, grids.rows)}<div class="grids">${epochSlider(grids, what)}${blocks.join('')}</div>${leftOut(grids, SAMPLE_FOLDERS[direction])}`;
    },
  };
}

/** Pictures generated from the validation sounds. */
export const picturesFromSounds: Section = section('soundToImage', {
  id: 'pictures-from-sounds',
  title: 'Pictures made from sounds',
  what: 'pictures made from sounds',
});

/** Sounds generated from the validation pictures. */
export const soundsFromPictures: Section = section('imageToSound', {
  id: 'sounds-from-pictures',
  title: 'Sounds made from pictures, as spectrograms',
  what: 'sounds made from pictures',
});
