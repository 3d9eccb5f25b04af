import { escapeHtml } from '@cmcgan/pages/html';
import { evaluateCommand } from '../commands';
import { rowHead, scrollable, tableHead } from '../html';
import type { Recognised, StoredJudgment } from '../read-judgment';
import { EVALUATION, type StoredRun } from '../read-run';
import type { Section } from './section';

/** The judge's accuracy in one direction: on generated samples, on real ones, and by chance. */
interface Verdict {
  readonly what: string;
  readonly generated: Recognised;
  readonly real: Recognised | null;
  readonly chance: number;
}

const percent = (share: number) => `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
const SOURCES = {
  held: 'pairs that were held out from training',
  train: 'training pairs',
  validation: 'validation pairs',
} as const;

function verdicts({ best, realPictures, realSounds }: StoredJudgment, chance: number): Verdict[] {
  const directions: [string, Recognised | null | undefined, Recognised | null][] = [
    ['Pictures made from sounds', best?.soundToImage, realPictures],
    ['Sounds made from pictures', best?.imageToSound, realSounds],
  ];
  return directions.flatMap(([what, generated, real]) => (generated ? [{ what, generated, real, chance }] : []));
}

const isAboveChance = ({ generated, chance }: Verdict) => generated.interval[0] > chance;

/** The meaning of the figures in a sentence. */
function summary(each: readonly Verdict[]): string {
  const above = each.filter(isAboveChance).map(({ what }) => what.toLowerCase());
  const level = each.filter((verdict) => !isAboveChance(verdict)).map(({ what }) => what.toLowerCase());
  const told = [
    ...(above.length > 0 ? [`${above.join(' and ')} are recognised more often than by chance`] : []),
    ...(level.length > 0 ? [`${level.join(' and ')} are not recognised more often than by chance yet`] : []),
  ].join('; ');
  return `${told[0].toUpperCase()}${told.slice(1)}.`;
}

const swatch = (kind: string) => `<i class="swatch ${kind}"></i>`;

/** The accuracy as a bar, with marks at chance and at that of real samples. The numbers are in the table. */
function bar({ generated, real, chance }: Verdict): string {
  const mark = (share: number, kind: string) => `<i class="mark ${kind}" style="left:${(100 * share).toFixed(1)}%"></i>`;
  const marks = `${mark(chance, 'chance')}${real ? mark(real.accuracy, 'real') : ''}`;
  return `<span class="bar" aria-hidden="true"><i class="fill" style="width:${(100 * generated.accuracy).toFixed(1)}%"></i>${marks}</span>`;
}

function row(verdict: Verdict): string {
  const { what, generated, real, chance } = verdict;
  const [low, high] = generated.interval;
  const cells = [
    `<b>${percent(generated.accuracy)}</b> of ${generated.n}${bar(verdict)}`,
    `${swatch('chance')}${percent(chance)}`,
    real === null ? 'not measured' : `${swatch('real')}${percent(real.accuracy)} of ${real.n}`,
    `${percent(low)} to ${percent(high)}`,
  ];
  return `<tr>${rowHead(what)}${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function figures(judgment: StoredJudgment, classCount: number): string {
  const { best, last, source } = judgment;
  const each = verdicts(judgment, 1 / classCount);
  const heads = ['samples', 'recognised', 'by chance', 'real ones', '95 % interval'];
  const later =
    last !== null && last.step !== best?.step ? `; the last score, of epoch ${last.epoch}, is ${percent(last.score)}` : '';
  return `<p>${summary(each)}</p>
${scrollable('what the judge recognises', `<table class="verdict">${tableHead(heads)}<tbody>${each.map(row).join('')}</tbody></table>`)}
<p class="quiet">How often a judge, a frozen classifier trained on real training pairs, recognises the right instrument in generated samples; how often a
guess would be right; and, for comparison, its accuracy on real validation samples. The figures are those of epoch ${best?.epoch}, the best, kept as checkpoints/best${later}.
They were measured on the ${SOURCES[source]} that also chose the epoch, so they are slightly too high: the evaluator gives figures on test pairs.</p>`;
}

const command = (text: string) => `<pre>${escapeHtml(text)}</pre>`;

/** Where the figures on test pairs are, or how to get them. */
function evaluation(run: StoredRun): string {
  if (run.hasEvaluation)
    return `<p>The evaluator has judged this run on test pairs: its report is <code>${EVALUATION}</code> in the run folder.</p>`;
  if (!run.hasCheckpoint) return '';
  return `<p>To get figures on test pairs, run this command. It trains a judge, which takes a few minutes, and writes a report:</p>${command(evaluateCommand(run))}`;
}

function withoutFigures({ config: { options } }: StoredRun): string {
  if ((options.judge.source ?? null) === null) {
    return '<p>No judge has scored this run, so there are no figures for its quality yet; judge the pictures and sounds below yourself.</p>';
  }
  const every = options.judge.everyEpochs === 1 ? 'after each epoch' : `every ${options.judge.everyEpochs} epochs and at the end`;
  return `<p>The judge has not scored an epoch yet: it does so ${every}.</p>`;
}

/** The quality of the run: the judge's accuracy compared with chance and with real samples, or how to measure it. */
export const result: Section = {
  id: 'result',
  title: 'How good it is',
  render({ run }) {
    const { judgment, config } = run;
    const judged = judgment !== null && judgment.best !== null;
    return `${judged ? figures(judgment, config.data.classNames.length) : withoutFigures(run)}${evaluation(run)}`;
  },
};
