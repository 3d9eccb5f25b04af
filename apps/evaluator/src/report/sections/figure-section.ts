import { FIGURES, figureGrid, variantsOf, type Figure } from '@cmcgan/evaluation';
import type { EvaluationResult } from '../../evaluation/evaluate-runs';
import type { Evaluation } from '../../evaluation/evaluation';
import { escapeHtml, htmlTable, section } from '../html';
import { sampleGrid } from '../sample-grid';
import type { SoundBank } from '../sound-bank';

/**
 * The paper's figures that compare runs which are there, and how to train what the others lack. A figure of which there is one variant
 * alone would show its samples again.
 */
export function figureSections({ evaluation, gallery, samples }: EvaluationResult, bank: SoundBank): string {
  if (gallery.length === 0) return '';
  const byVariant = Object.fromEntries(evaluation.runs.map(({ run }) => [run.variant, samples[run.name]]).reverse()); // the first run of a variant
  const isPresent = (variant: string) => Object.hasOwn(byVariant, variant);
  const columns = gallery.map(({ className }) => className);
  const comparing = FIGURES.filter((figure) => variantsOf(figure).filter(isPresent).length > 1);
  const lacking = FIGURES.map((figure) => ({ figure, missing: variantsOf(figure).filter((variant) => !isPresent(variant)) }));
  const sections = comparing.map((figure) => {
    const grid = figureGrid(figure, { real: gallery, byVariant });
    return section(figure.id, figure.title, figure.lead, sampleGrid({ columns, ...grid }, bank));
  });
  const missing = lacking.filter(({ missing }) => missing.length > 0);
  return [...sections, missingSection(missing, evaluation)].join('\n');
}

/** The figures that lack runs, and the commands that train them. */
function missingSection(
  lacking: readonly { figure: Figure; missing: readonly string[] }[],
  { run: { preset } }: Evaluation,
): string {
  if (lacking.length === 0) return '';
  const rows = lacking.map(({ figure, missing }) => [escapeHtml(figure.title), escapeHtml(missing.join(', '))]);
  const variants = [...new Set(lacking.flatMap(({ missing }) => missing))];
  const commands = variants.map(
    (variant) => `npx pnpm --filter trainer start --variant ${variant} --preset ${preset} --data DATA --out runs/${variant}`,
  );
  const body = `${htmlTable(['figure', 'variants that it lacks'], rows)}
<details><summary>How to train them</summary><p>Train each on the same data set, the folder DATA, and name it with another <code>--run</code>; <code>evaluator experiment</code> does it all.</p>
<pre>${commands.map(escapeHtml).join('\n')}</pre></details>`;
  return section(
    'figures',
    'Figures that compare more runs',
    'These figures of the paper show several variants side by side.',
    body,
  );
}
