import { escapeHtml } from '@cmcgan/pages';
import { type Cell, chanceOf, compareAlone, MADE, percent, VERDICT_SCALE, verdictsOf } from '@cmcgan/evaluation';
import { DIRECTIONS } from '@cmcgan/model';
import type { Evaluation } from '../../evaluation/evaluation';
import type { EvaluationResult } from '../../evaluation/evaluate-runs';

/** The verdicts on the first run, and its main figures as tiles, each explained. */
export function summary({ evaluation, gallery }: EvaluationResult): string {
  const hasSamples = gallery.length > 0;
  const verdicts = verdictsOf(evaluation.table1, evaluation.judge.real.test).map(
    ({ level, claim, grounds }) => `<p class="verdict ${level}"><b>${escapeHtml(claim)}</b> ${escapeHtml(grounds)}</p>`,
  );
  const page = `${verdicts.join('\n')}
<p class="scale">${VERDICT_SCALE} A recognised class does not mean that a sample looks or sounds real${hasSamples ? ': see <a href="#samples">the samples</a>' : ''}.</p>
<div class="tiles">${[...judgedTiles(evaluation), ...fusedTiles(evaluation)].join('\n')}</div>`;
  return page.replaceAll(' %', '\u00a0%'); // no line break between a number and its unit
}

function judgedTiles({ table1, judge, data }: Evaluation): string[] {
  return DIRECTIONS.flatMap((direction) => {
    const cell = table1[direction].test;
    if (cell === null) return [];
    const { made, from, judge: which } = MADE[direction];
    const about = `recognised by the judge; chance ${percent(chanceOf(cell))}, real ${made} ${percent(judge.real.test[which].accuracy)}`;
    return [tile(`${made} made from ${from}`, cell, { about, simulated: data.simulated })];
  });
}

function fusedTiles({ table2, data: { simulated } }: Evaluation): string[] {
  const titles = { 'GV-A': 'GV-A: generated image, real sound', 'GA-V': 'GA-V: generated sound, real image' } as const;
  return (['GV-A', 'GA-V'] as const).flatMap((column) => {
    const cell = table2[column];
    const about = `both classified together; ${compareAlone(column, table2)}`;
    return cell === null ? [] : [tile(titles[column], cell, { about, simulated })];
  });
}

function tile(
  title: string,
  { accuracy, correct, interval, n, paper }: Cell,
  { about, simulated }: { about: string; simulated: boolean },
): string {
  const compared = paper === null || simulated ? '' : `<span>the paper: ${percent(paper)}</span>`;
  const bounds = interval.map((share) => (100 * share).toFixed(1)).join(' to ');
  return `<div class="tile"><h3>${title}</h3><b>${percent(accuracy)}</b><span>${escapeHtml(about)}</span><span>${correct} of ${n}, 95 % interval ${bounds} %</span>${compared}</div>`;
}
