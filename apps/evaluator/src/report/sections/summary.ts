import type { Evaluation } from '../../evaluation/evaluation';
import type { Cell } from '../../tables/cell';
import { percent, percentInterval } from '../format-cell';

/** The four main figures of the first run as tiles. */
export function summaryTiles({ table1, table2 }: Evaluation): string {
  const tiles: [string, Cell | null][] = [
    ['sound → image, judged', table1.soundToImage.test],
    ['image → sound, judged', table1.imageToSound.test],
    ['GV-A, image generated', table2['GV-A']],
    ['GA-V, sound generated', table2['GA-V']],
  ];
  const drawn = tiles.flatMap(([title, cell]) => (cell === null ? [] : [tile(title, cell)]));
  return `<div class="tiles">${drawn.join('\n')}</div>`;
}

function tile(title: string, { accuracy, interval, n, paper }: Cell): string {
  const compared = paper === null ? '' : `<span>paper ${percent(paper)}</span>`;
  return `<div class="tile"><h3>${title}</h3><b>${percent(accuracy)}</b><span>95 % interval ${percentInterval(interval)}, n ${n}</span>${compared}</div>`;
}
