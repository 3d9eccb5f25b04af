import type { RunEvaluation } from '../../evaluation/evaluation';
import { TABLE2_COLUMNS, type Table2Column } from '../../paper/paper-figures';
import { escapeHtml, htmlTable, section } from '../html';
import { accuracyHtml, paperHtml } from './accuracy-cell';

const LEAD = `Classifiers trained on real pairs of the training split, on test pairs. V-A sees image and sound (the spectrum is the image's
fourth channel). In GV-A the image was generated from the sound, in GA-V the sound from the image. GV-A knows nothing but the sound, so A is about what it can
reach: where it is above A, look for leakage first. Late fusion adds the log-probabilities of V and A instead: a sound that is sure of its class can outvote a
wrong image.`;

const MEANINGS: Readonly<Record<Table2Column, string>> = {
  V: 'image alone',
  A: 'sound alone',
  'V-A': 'image and sound',
  'GV-A': 'generated image and sound',
  'GA-V': 'image and generated sound',
};

/** Table 2; real columns once, generated ones for each run. */
export function table2Section(runs: readonly RunEvaluation[]): string {
  const rows = TABLE2_COLUMNS.flatMap((column) => {
    const generated = column.startsWith('G');
    return (generated ? runs : runs.slice(0, 1)).flatMap(({ run, table2 }) => {
      const cell = table2[column];
      if (cell === null) return [];
      const who = generated
        ? `${escapeHtml(run.name)} <small>${escapeHtml(run.variant)}</small>`
        : '<span class="none">real</span>';
      return [
        [
          `${column}<br><small>${MEANINGS[column]}</small>`,
          who,
          accuracyHtml(cell, cell.paper),
          paperHtml(cell),
          accuracyHtml(cell.direct),
          accuracyHtml(cell.late),
        ],
      ];
    });
  });
  return section(
    'table2',
    'Table 2: a missing modality, generated',
    LEAD,
    htmlTable(['', 'run', 'test', 'paper', 'direct', 'late fusion'], rows),
  );
}
