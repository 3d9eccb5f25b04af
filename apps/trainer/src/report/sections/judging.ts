import type { LogLine } from '@cmcgan/training/node';
import { scrollable, tableHead } from '../html';
import type { Section } from './section';

/** A score as logged in log.jsonl. */
interface LoggedScore {
  readonly score: number;
  readonly soundToImage: number | null;
  readonly imageToSound: number | null;
  readonly n: number;
  readonly best: boolean;
}

const percent = (share: number | null) => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);

/** The table row of a scored epoch, marked if it is that of step `best`. */
function row({ step, epoch, judge }: LogLine, best: number): string {
  const { score, soundToImage, imageToSound, n } = judge as LoggedScore;
  const mark = step === best ? ' <b>best</b>' : '';
  const cells = [step, percent(soundToImage), percent(imageToSound), percent(score), n];
  return `<tr><th scope="row">${Number(epoch)}${mark}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

/** The frozen judge's accuracy on generated samples, epoch by epoch. */
export const judging: Section = {
  id: 'judging',
  title: 'What the judge recognised, epoch by epoch',
  render({ run }) {
    const lines = run.log.filter((line) => 'judge' in line);
    if (lines.length === 0) return null;
    const best = lines.filter(({ judge }) => (judge as LoggedScore).best).at(-1)?.step ?? 0;
    const heads = ['epoch', 'step', 'pictures from sounds', 'sounds from pictures', 'score', 'of each'];
    return `<p class="quiet">The share of generated samples that a frozen judge, trained on real training pairs, classifies correctly. The
best epoch is kept as checkpoints/best; judging.json lists the pairs it was chosen on.</p>
${scrollable('scores by epoch', `<table class="figures">${tableHead(heads)}<tbody>${lines.map((line) => row(line, best)).join('\n')}</tbody></table>`)}`;
  },
};
