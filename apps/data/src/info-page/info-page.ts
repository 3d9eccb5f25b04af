import { describeLeakage, type ClassCard, type DatasetCard, type UnusedCard } from '@cmcgan/sub-urmp';
import type { DrawnPair } from './draw-pairs';

/** The page of a data set called `name`: its card and pairs to see and hear, in one file that needs nothing else. */
export function infoPage(card: DatasetCard, pairs: readonly DrawnPair[], name: string): string {
  const { preparation } = card;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(name)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head><body>
<h1>${escapeHtml(name)}</h1>
<p>Data set <code>${card.manifestHash.slice(0, 12)}</code></p>
${card.note === undefined ? '' : `<p>${escapeHtml(card.note)}</p>`}
<p>${card.pairs.train + card.pairs.validation} pairs of ${Object.keys(card.classes).length} classes. A sound's -1 … 1 stand for ${card.decibelRange.floorDb} … ${card.decibelRange.ceilingDb} dB.</p>
<ul>${describeLeakage(card.leakage)
    .map((line) => `<li>Split: ${escapeHtml(line)}</li>`)
    .join('')}</ul>
${classTable(card)}
${preparation ? preparationText(preparation) : ''}
${unusedList(card.unused, 'are not used')}
<h2>Random pairs</h2>
${Object.keys(card.classes)
  .map((name) =>
    classSection(
      name,
      pairs.filter(({ className }) => className === name),
    ),
  )
  .join('\n')}
</body></html>
`;
}

function classTable({ classes, pairs, seconds }: DatasetCard): string {
  const side = ({ pairs: count, songs, seconds: s }: ClassCard) => `<td>${count}<td>${songs}<td>${s.toFixed(1)}`;
  const rows = Object.entries(classes).map(
    ([name, { train, validation }]) => `<tr><th>${escapeHtml(name)}${side(train)}${side(validation)}`,
  );
  return `<div class="wide"><table><tr><th rowspan="2">class<th colspan="3">to train on<th colspan="3">to validate on
<tr><th>pairs<th>songs<th>seconds<th>pairs<th>songs<th>seconds
${rows.join('\n')}
<tr class="sum"><th>all<td>${pairs.train}<td><td>${seconds.train.toFixed(1)}<td>${pairs.validation}<td><td>${seconds.validation.toFixed(1)}</table></div>`;
}

function preparationText(preparation: NonNullable<DatasetCard['preparation']>): string {
  const { from, folders, reader, sources, leftOut, options } = preparation;
  return `<p>Made from ${escapeHtml(from)} of ${folders.map((name) => `<code>${escapeHtml(name)}</code>`).join(' and ')}${
    reader ? ` by ${escapeHtml(reader)}` : ''
  }: ${sources.length} files (${escapeHtml(optionsInWords(options))}).</p>
${unusedList(leftOut, 'were left out')}`;
}

/** Files with their reasons, folded; nothing if there are none. */
function unusedList(unused: readonly UnusedCard[], what: string): string {
  if (unused.length === 0) return '';
  const count = unused.reduce((sum, { files = 1 }) => sum + files, 0);
  const list = unused.map(
    ({ file, files, reason }) =>
      `<li><code>${escapeHtml(file)}</code>${files === undefined ? '' : ` (${files} files)`}: ${escapeHtml(reason)}`,
  );
  return `<details><summary>${count} files ${what}</summary><ul>${list.join('')}</ul></details>`;
}

/** `stepMs 100, silence belowLoudestDb 40, …` */
function optionsInWords(options: Readonly<Record<string, unknown>>, prefix = ''): string {
  const words = Object.entries(options).map(([name, value]) =>
    typeof value === 'object' && value !== null
      ? optionsInWords(value as Readonly<Record<string, unknown>>, `${prefix}${name} `)
      : `${prefix}${name} ${String(value)}`,
  );
  return words.join(', ');
}

function classSection(name: string, pairs: readonly DrawnPair[]): string {
  const figures = pairs.map(
    ({
      id,
      picture,
      spectrogram,
      sound,
    }) => `<figure><div><img src="${picture}" alt="picture of ${escapeHtml(id)}"><img src="${spectrogram}" alt="spectrogram of ${escapeHtml(id)}"></div>
<audio controls preload="metadata" src="${sound}"></audio><figcaption>${escapeHtml(id)}</figcaption></figure>`,
  );
  return `<h3>${escapeHtml(name)}</h3><section>${figures.join('\n')}</section>`;
}

const escapeHtml = (text: string) =>
  text.replace(/[&<>"]/g, (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[letter] as string);

const STYLE = `body{font:16px/1.45 system-ui,sans-serif;max-width:96rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
table{border-collapse:collapse}th,td{padding:.15rem .7rem;text-align:right;border-bottom:1px solid #ddd}th:first-child{text-align:left}
.sum th,.sum td{font-weight:600;border-top:2px solid #999}.wide{overflow-x:auto}section{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(24rem,100%),1fr));gap:1rem}figure{margin:0;max-width:25rem}
figure div{display:flex;gap:.4rem;align-items:flex-start}audio{width:100%;height:2rem}figcaption{font-size:.8rem;color:#555;overflow-wrap:anywhere}
code{font-size:.85em;overflow-wrap:anywhere}h3{margin:1.2rem 0 .4rem}`;
