import type { FittedPool } from '@cmcgan/classifier';
import { textTable } from '@cmcgan/command-line';
import { table1Rows, table2Rows, verdictsOf } from '@cmcgan/evaluation';
import type { Evaluation } from '../evaluation/evaluation';

const MARKS = { fine: 'ok     ', note: 'note   ', warning: 'WARNING' } as const;

/** The audit, the tables and the verdicts as lines for a terminal; the paper's figures are shown only for real recordings. */
export function printEvaluation({ audit, runs, data, table1, judge, pool }: Evaluation): string[] {
  const models = runs.map(({ run, ...figures }) => ({ name: run.name, ...figures }));
  const options = { comparesPaper: !data.simulated };
  return [
    '',
    'Audit',
    ...auditLines(audit),
    '',
    "Table 1: the judge's accuracy on generated samples, [95 % interval]; at the end of the path if there is one",
    ...textTable(table1Rows(models, options)),
    '',
    'Table 2: classifiers on test pairs; G: generated from the other modality',
    ...textTable(table2Rows(models, options)),
    ...(pool ? [poolLine(pool)] : []),
    '',
    ...verdictsOf(table1, judge.real.test).map(({ claim, grounds }) => `${claim} ${grounds}`),
    '',
  ];
}

/** The weights of an opinion pool: "Opinion pool, fitted on 77 training pairs: V 1.21 and A 0.87 if both are real; …". */
function poolLine({ weights, pairs }: FittedPool): string {
  const { real, generatedImage, generatedSound } = weights;
  const text = ({ V, A }: typeof real) => `V ${V.toFixed(2)} and A ${A.toFixed(2)}`;
  const parts = [
    `${text(real)} if both are real`,
    `${text(generatedImage)} if the image is generated`,
    `${text(generatedSound)} if the sound is`,
  ];
  return `Opinion pool: weights fitted on ${pairs} training pairs: ${parts.join('; ')}`;
}

/** The whole audit if it has warnings, else one line that it has none. */
function auditLines(audit: Evaluation['audit']): string[] {
  if (!audit.some(({ level }) => level === 'warning'))
    return [`${MARKS.fine} nothing was found that would make the figures too good`];
  return audit.map(({ level, about, text }) => `${MARKS[level]} ${about}: ${text}`);
}
