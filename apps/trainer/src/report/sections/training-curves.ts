import { escapeHtml } from '@cmcgan/pages/html';
import { scriptJson } from '../html';
import type { Chart, Curve } from '../curves';
import type { TrainerOptions } from '../../options/trainer-options';
import { VARIANTS } from '../../variants/variants';
import type { Section } from './section';

const valuesOf = (curves: readonly Curve[]) => curves.flatMap(({ values }) => values.filter((value) => value !== null));
const isPositive = (curves: readonly Curve[]) => valuesOf(curves).every((value) => value > 0);

/** Whether a few high values would squeeze the rest of a curve to the bottom, so that a logarithmic axis is better. */
const isSpiked = (curves: readonly Curve[]) =>
  curves.some((curve) => {
    const sorted = valuesOf([curve]).sort((a, b) => a - b);
    return sorted.length > 0 && sorted[sorted.length - 1] > 2.5 * sorted[Math.floor(sorted.length / 2)];
  });

function chartFigure({ title, unit, group, curves }: Chart): string {
  const keys = curves.map(
    ({ label }, index) => `<span class="key curve-${index + 1}">${escapeHtml(label)} <b class="value"></b></span>`,
  );
  const box = isPositive(curves)
    ? `<label><input type="checkbox"${group !== 'Samples' && isSpiked(curves) ? ' checked' : ''}> logarithmic</label>`
    : '';
  const name = escapeHtml(`${title}${unit ? `, ${unit}` : ''}`);
  return `<figure class="chart"><figcaption><strong>${name}</strong>${box}</figcaption>
<p class="keys"><span class="at"></span>${keys.join('')}</p><svg role="img" aria-label="${name}, step by step"></svg></figure>`;
}

const FAIR_COIN = "The discriminator's loss stays at 4 ln 2 ≈ 2.77 as long as it can't tell pairs apart. ";
/** Whether the discriminator's loss is that of Eq. 1: not in a baseline, nor with one discriminator of realism per modality. */
const judgesPairs = ({ variant, model }: TrainerOptions) =>
  VARIANTS[variant].family === 'cmcgan' && (model.discriminator.kind ?? 'joint') === 'joint';

/** The charts in order, under a heading for each group. */
function chartGroups(charts: readonly Chart[]): string {
  const groups = [...new Set(charts.map(({ group }) => group))];
  return groups
    .map((group) => {
      const figures = charts.filter((chart) => chart.group === group).map(chartFigure);
      return `<h3>${group}</h3>${group === 'Losses' ? LOSSES_EXPLAINED : ''}<div class="charts">${figures.join('\n')}</div>`;
    })
    .join('');
}

const LOSSES_EXPLAINED = `<p class="quiet">Two networks compete, and what one gains the other loses, so these losses need not fall and don't show how good the samples are. Only the
consistency loss, the difference from the real samples, should fall.</p>`;

/** Charts of the losses, the judge's scores, speed and memory, with a slider that smooths them all. */
export const trainingCurves: Section = {
  id: 'training-curves',
  title: 'Training curves',
  render({ curves, run }) {
    const data = `<script type="application/json" id="curves">${scriptJson(curves)}</script>`;
    if (curves.steps.length === 0) return `<p class="quiet">No step has been taken yet.</p>${data}`;
    const mean = curves.stepsPerPoint > 1 ? ` Each point is the mean of ${curves.stepsPerPoint} steps.` : '';
    return `<p class="quiet">${judgesPairs(run.config.options) ? FAIR_COIN : ''}Point at a chart to read its values.${mean}</p>
<p><label>smoothing <input type="range" id="smoothing" min="0" max="0.99" step="0.01" value="0.8"></label></p>
${chartGroups(curves.charts)}${data}`;
  },
};
