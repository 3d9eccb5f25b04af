import type { Accuracy } from '@cmcgan/classifier';
import { PAPER_VOTES, percent, percentInterval, RATES, type Tally } from '@cmcgan/evaluation';
import { textTable } from '../report/text-table';

const rateText = ({ accuracy, correct, n, interval }: Accuracy) =>
  n === 0 ? '–' : `${percent(accuracy)} ${percentInterval(interval)} ${correct}/${n}`;

/** A tally as lines for a terminal: a row for each model and rate, the paper's beside them. */
export function printTally(tally: Tally, voters: number): string[] {
  const rows = Object.entries(tally).flatMap(([model, rates]) =>
    RATES.map((name) => [model, name, rateText(rates[name].voters), rateText(rates[name].answers)]),
  );
  const paper = RATES.map((name) => `${name} ${percent(PAPER_VOTES[name].ours)} against ${percent(PAPER_VOTES[name].existing)}`);
  return [
    `${voters} voter${voters === 1 ? '' : 's'}; I: images, S: sounds; AST: satisfactory, AAT: acceptable at least; [95 % interval]`,
    ...textTable([['model', 'rate', 'of voters', 'of single answers'], ...rows]),
    `The paper, ${PAPER_VOTES.voters} voters, CMCGAN against the existing model: ${paper.join(', ')}`,
  ];
}
