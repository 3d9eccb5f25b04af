import { escapeHtml, htmlTable, lineChart, section } from '@cmcgan/pages';
import { accuracyText, type MissingRatePoint, type MissingStrategy } from '@cmcgan/evaluation';
import type { RunEvaluation } from '../../evaluation/evaluation';

const LEAD = `Accuracy on test pairs as a growing share of them lacks its image, or its sound. The missing half is replaced by zeros or by a sample generated from the other half, or the
classifier of the other half decides alone; complete pairs go to V-A. Late fusion and the opinion pool add the log-probabilities of the image and the sound classifier for all
pairs. A <i>taught</i> classifier was trained on pairs with generated halves too. SMIL-like and ShaSpec-like classifiers were trained to do without one half, and generate nothing.`;

const STRATEGIES: Readonly<Record<MissingStrategy, string>> = {
  pooled: 'generated, opinion pool',
  taught: 'generated, taught',
  generated: 'generated, V-A',
  late: 'generated, late fusion',
  single: 'the other half alone',
  zeroFilled: 'zero-filled, V-A',
  'smil-like': 'SMIL-like',
  'shaspec-like': 'ShaSpec-like',
};
const MODALITIES = { image: 'images missing', sound: 'sounds missing' } as const;

/** The sweep over missing rates: a chart for each run and modality, with the figures below it. */
export function missingRateSection(runs: readonly RunEvaluation[]): string {
  const blocks = runs.map(({ run, missingRate }, i) => {
    const charts = (['image', 'sound'] as const).map((modality) => chart(missingRate[modality], MODALITIES[modality]));
    return `<details${i === 0 ? ' open' : ''}><summary>${escapeHtml(run.name)}</summary><div class="charts">${charts.join('\n')}</div></details>`;
  });
  return section('missing', 'Accuracy as images or sounds go missing', LEAD, blocks.join('\n'));
}

function chart(points: readonly MissingRatePoint[], title: string): string {
  const known = (Object.keys(STRATEGIES) as MissingStrategy[]).filter((strategy) => points[0].accuracy[strategy]);
  const lines = known.map((strategy) => ({
    label: STRATEGIES[strategy],
    values: points.map(({ accuracy }) => accuracy[strategy]?.accuracy ?? 0),
  }));
  const rows = points.map(({ rate, missing, accuracy }) => [
    `${Math.round(100 * rate)} %`,
    String(missing),
    ...known.map((strategy) => accuracyText(accuracy[strategy] ?? null)),
  ]);
  const table = htmlTable(['missing', 'pairs', ...known.map((strategy) => STRATEGIES[strategy])], rows);
  const drawn = lineChart(
    points.map(({ rate }) => rate),
    lines,
    { x: `% of ${title}`, y: 'accuracy, %' },
  );
  return `<figure><figcaption>${title}</figcaption>${drawn}<details class="inner"><summary>figures</summary>${table}</details></figure>`;
}
