import { escapeHtml, htmlTable, lineChart, section } from '@cmcgan/pages';
import { accuracyText, type MissingRatePoint, type MissingStrategy } from '@cmcgan/evaluation';
import type { RunEvaluation } from '../../evaluation/evaluation';

const LEAD = `How often the right class of a test pair is named as a growing share of the pairs lacks its image, or its sound. What takes its place: zeros; a sample made from the other half; or nothing,
and the classifier of the other half alone decides. Whole pairs go to V-A.`;

const STRATEGIES: Readonly<Record<MissingStrategy, string>> = {
  generated: 'made from the other half',
  single: 'the other half alone',
  zeroFilled: 'zero-filled',
};
const MODALITIES = { image: 'images missing', sound: 'sounds missing' } as const;

/** The sweep over missing rates: a chart for each modality and run, the figures below it. */
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
