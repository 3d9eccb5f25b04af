import { escapeHtml } from '@cmcgan/pages';
import { describeLeakage, describeMissingClasses, type ClassCard, type DatasetCard, type UnusedCard } from '@cmcgan/sub-urmp';
import { classesMissingIn } from '../describe-card';
import type { DrawnPair } from './draw-pairs';
import { pageStyle } from './page-style';
import { spectrumAxes } from './spectrum-axes';

/** The page of a data set called `name`, one self-contained file: its card, and pairs to look at and listen to. */
export function infoPage(card: DatasetCard, pairs: readonly DrawnPair[], name = 'Data set'): string {
  const { preparation } = card;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(name)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${pageStyle}</style></head><body><main>
<h1>${escapeHtml(name)}</h1>
${card.note === undefined ? '' : `<p>${escapeHtml(card.note)}</p>`}
<p>${card.pairs.train + card.pairs.validation} pairs of ${Object.keys(card.classes).length} classes. -1 … 1 in a sound stand for ${card.decibelRange.floorDb} … ${card.decibelRange.ceilingDb} dB. The hash of the set begins with <code>${card.manifestHash.slice(0, 12)}</code>.</p>
<h2>The split</h2>
<ul>${[...describeLeakage(card.leakage), ...describeMissingClasses(classesMissingIn(card))]
    .map((line) => `<li>${escapeHtml(line)}</li>`)
    .join('')}</ul>
<h2>Classes</h2>
${classTable(card)}
${preparation ? preparationText(preparation) : ''}
${unusedList(card.unused, { one: 'of the set is not used', several: 'of the set are not used' })}
<h2>Random pairs</h2>
${Object.keys(card.classes)
  .map((name, classId) =>
    classSection(
      { name, classId },
      pairs.filter(({ className }) => className === name),
    ),
  )
  .join('\n')}
</main></body></html>
`;
}

function classTable({ classes, pairs, seconds }: DatasetCard): string {
  const side = ({ pairs: count, songs, seconds: s }: ClassCard) => `<td>${count}<td>${songs}<td>${s.toFixed(1)}`;
  const rows = Object.entries(classes).map(
    ([name, { train, validation }], classId) =>
      `<tr><th scope="row"><a href="#class-${classId}">${className(name)}</a>${side(train)}${side(validation)}`,
  );
  const heads = ['pairs', 'songs', 'seconds', 'pairs', 'songs', 'seconds'].map((head) => `<th scope="col">${head}`).join('');
  return `<div class="wide" role="group" aria-label="pairs, songs and seconds of each class" tabindex="0"><table>
<thead><tr><th rowspan="2" scope="col">class<th colspan="3" scope="colgroup">to train on<th colspan="3" scope="colgroup">to validate on
<tr>${heads}</thead>
<tbody>${rows.join('\n')}</tbody>
<tfoot><tr class="sum"><th scope="row">all<td>${pairs.train}<td><td>${seconds.train.toFixed(1)}<td>${pairs.validation}<td><td>${seconds.validation.toFixed(1)}</tfoot></table></div>`;
}

function preparationText(preparation: NonNullable<DatasetCard['preparation']>): string {
  const { from, folders, reader, sources, leftOut, options } = preparation;
  return `<h2>How it was made</h2>
<p>Made from ${escapeHtml(from)} of ${folders.map((name) => `<code>${escapeHtml(name)}</code>`).join(' and ')}${
    reader ? ` by ${escapeHtml(reader)}` : ''
  }: ${sources.length} ${sources.length === 1 ? 'file' : 'files'} (${escapeHtml(optionsInWords(options))}).</p>
${unusedList(leftOut, { one: 'was left out', several: 'were left out' })}`;
}

/** A collapsed list of files with the reasons why they are not used; empty if there are none. */
function unusedList(unused: readonly UnusedCard[], what: { one: string; several: string }): string {
  if (unused.length === 0) return '';
  const count = unused.reduce((sum, { files = 1 }) => sum + files, 0);
  const list = unused.map(
    ({ file, files, reason }) =>
      `<li><code>${escapeHtml(file)}</code>${files === undefined ? '' : ` (${files} files)`}: ${escapeHtml(reason)}`,
  );
  return `<details><summary>${count} ${count === 1 ? `file ${what.one}` : `files ${what.several}`}</summary><ul>${list.join('')}</ul></details>`;
}

/** How to describe each option of a preparation. Options that are not here are not shown; the card has them. */
const OPTIONS: Readonly<Record<string, (value: unknown) => string>> = {
  pairBy: (by) => (by === 'category' ? 'each sound with pictures of its class' : 'each sound with the picture of the same name'),
  stepMs: (ms) => `a half second every ${String(ms)} ms`,
  imageSize: (size) => (size === 'original' ? 'pictures in their original size' : `pictures of ${String(size)}×${String(size)}`),
  validationShare: (share) => `${Math.round(Number(share) * 100)} % of the recordings to validate on`,
  recordingPattern: (pattern) => `recordings named by ${String(pattern)}`,
  silence: (rule) => {
    const { belowLoudestDb, belowFullScaleDb } = rule as Record<string, number | null>;
    const below = [
      ...(belowLoudestDb === null ? [] : [`${belowLoudestDb} dB below the loudest half second of the recording`]),
      ...(belowFullScaleDb === null ? [] : [`${-Number(belowFullScaleDb)} dB below full scale`]),
    ];
    return below.length === 0 ? 'silence is kept' : `left out as silent: ${below.join(', or ')}`;
  },
  seed: (seed) => `seed ${String(seed)}`,
};

/** `a half second every 100 ms; pictures of 128×128; …` */
const optionsInWords = (options: Readonly<Record<string, unknown>>): string =>
  Object.entries(OPTIONS)
    .filter(([name]) => options[name] !== undefined && options[name] !== null)
    .map(([name, inWords]) => inWords(options[name]))
    .join('; ');

function classSection({ name, classId }: { name: string; classId: number }, pairs: readonly DrawnPair[]): string {
  const figures = pairs.map(
    ({
      id,
      picture,
      spectrogram,
      sound,
    }) => `<figure><div class="pair"><img src="${picture}" alt="picture of ${escapeHtml(id)}"><div class="spectrum"><img src="${spectrogram}" alt="spectrogram of ${escapeHtml(id)}">${AXES}</div></div>
<audio controls aria-label="sound of ${escapeHtml(id)}" preload="metadata" src="${sound}"></audio><figcaption>${escapeHtml(id)}</figcaption></figure>`,
  );
  return `<section id="class-${classId}"><h3>${className(name)}</h3><div class="pairs">${figures.join('\n')}</div></section>`;
}

/** A class's name as HTML, with line breaks allowed after underscores. */
const className = (name: string) => escapeHtml(name).replaceAll('_', '_<wbr>');

const AXES = spectrumAxes();
