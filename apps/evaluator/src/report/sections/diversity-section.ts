import { DIRECTIONS } from '@cmcgan/model';
import type { RunEvaluation } from '../../evaluation/evaluation';
import { escapeHtml, htmlTable, section } from '../html';
import { DIRECTION_NAMES } from '../print-evaluation';

const LEAD = `z is the random input beside the given sample. Mean absolute difference, on the scale -1 … 1, between samples of one input with different z, and between samples of different
inputs with one z. A ratio near 0 means that z is ignored.`;

const verdict = (ratio: number) => (ratio < 0.01 ? 'ignored' : ratio < 0.1 ? 'little' : ratio < 0.5 ? 'some' : 'much');

/** Diversity over z; nothing where no run has a latent. */
export function diversitySection(runs: readonly RunEvaluation[]): string {
  const rows = runs.flatMap(({ run, diversity }) =>
    DIRECTIONS.flatMap((direction) => {
      const found = diversity[direction];
      if (found === null) return [];
      const { betweenLatents, betweenInputs, ratio, inputs, latents } = found;
      const ratioText = Number.isFinite(ratio) ? `<b>${ratio.toFixed(3)}</b> <small>${verdict(ratio)}</small>` : '–';
      return [
        [
          DIRECTION_NAMES[direction],
          escapeHtml(run.name),
          betweenLatents.toFixed(4),
          betweenInputs.toFixed(4),
          ratioText,
          `${inputs} × ${latents}`,
        ],
      ];
    }),
  );
  if (rows.length === 0) return '';
  return section(
    'diversity',
    'Diversity: is the latent z used?',
    LEAD,
    htmlTable(['', 'run', 'different z', 'different inputs', 'ratio', 'inputs × z'], rows),
  );
}
