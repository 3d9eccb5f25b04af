import type { AgainstChance, TruthName } from '@cmcgan/evaluation';
import { DIRECTIONS } from '@cmcgan/model';
import type { RunEvaluation } from '../../evaluation/evaluation';
import { escapeHtml, htmlTable, section } from '../html';
import { DIRECTION_NAMES } from '../print-evaluation';

const LEAD = `Simulated pairs have a known pitch and loudness, which an image shows too. Regressors fitted on real training samples estimate both from generated
ones; the figures are their mean errors, so smaller is better, and <i>real samples</i> is the measure's own error. Chance is the error after estimates are dealt out anew,
among all samples, and among those of one instrument: only what beats the latter was carried over beyond the instrument's usual range. p is the share of 999 deals that do as well: below 0.05, chance does not explain it.`;

const UNITS: Readonly<Record<TruthName, { name: string; digits: number }>> = {
  pitch: { name: 'pitch, semitones', digits: 1 },
  loudness: { name: 'loudness, 0 … 1', digits: 3 },
};

/** Errors of pitch and loudness on simulated data; nothing on other data. */
export function groundTruthSection(runs: readonly RunEvaluation[]): string {
  const rows = runs.flatMap(({ run, groundTruth }) =>
    DIRECTIONS.flatMap((direction) =>
      (Object.keys(UNITS) as TruthName[]).flatMap((quantity) => {
        const measure = groundTruth?.[direction]?.[quantity];
        if (!measure) return [];
        const { name, digits } = UNITS[quantity];
        const { generated, direct, real } = measure;
        return [
          [
            `${DIRECTION_NAMES[direction]}<br><small>${name}</small>`,
            escapeHtml(run.name),
            error(generated, digits),
            direct ? error(direct, digits) : '–',
            error(real, digits),
            generated.shuffledWithinError.toFixed(digits),
            generated.shuffledError.toFixed(digits),
            generated.pValue.toFixed(3),
          ],
        ];
      }),
    ),
  );
  if (rows.length === 0) return '';
  const head = ['', 'run', 'generated', 'direct', 'real samples', 'chance within instruments', 'chance', 'p'];
  return section('truth', 'Pitch and loudness: are they carried over?', LEAD, htmlTable(head, rows));
}

function error({ error: value, correlation, n }: AgainstChance, digits: number): string {
  const related = Number.isFinite(correlation) ? `r ${correlation.toFixed(2)} ` : '';
  return `<b>${value.toFixed(digits)}</b> <small>${related}n ${n}</small>`;
}
