import { FIGURES, figureGrid, PATH_LEGEND, ROLE_TEXTS, variantsOf, type Figure, type GridRow } from '@cmcgan/evaluation';
import { pathName, type GeneratedRole } from '@cmcgan/model';
import { escapeHtml, htmlTable, sampleGrid, section, type SoundBank } from '@cmcgan/pages';
import type { EvaluationResult } from '../../evaluation/evaluate-runs';
import type { Evaluation } from '../../evaluation/evaluation';

/** Everything that the first run generates from one test pair of each class, with a row for each path. */
export function samplesSection({ evaluation, gallery, samples }: EvaluationResult, bank: SoundBank): string {
  if (gallery.length === 0) return '';
  const { name } = evaluation.run;
  const { images, sounds } = samples[name];
  const lead = `What ${escapeHtml(name)} generates from one test pair of each class, chosen by the seed; each column is one pair. ${PATH_LEGEND} A true sound is the recording; a generated one is resynthesised from its spectrogram.`;
  const columns = gallery.map(({ className }) => className);
  const grid = sampleGrid(
    {
      columns,
      images: [{ label: 'true image', cells: gallery.map(({ image }) => image) }, ...rowsOf(images)],
      sounds: [{ label: 'true sound', cells: gallery.map(({ sound }) => sound) }, ...rowsOf(sounds)],
    },
    bank,
  );
  return section('samples', `Samples of ${escapeHtml(name)}`, lead, grid);
}

function rowsOf<Cell>(byRole: Readonly<Partial<Record<GeneratedRole, readonly Cell[]>>>): GridRow<Cell>[] {
  const roles = (Object.keys(ROLE_TEXTS) as GeneratedRole[]).filter((role) => byRole[role] !== undefined);
  return roles.map((role) => ({ label: pathName(role), about: ROLE_TEXTS[role], cells: byRole[role]! }));
}

/**
 * The paper's figures for which at least two variants were evaluated, and how to train what the others lack. A figure with a single
 * variant would only repeat its samples.
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
  const body = `${htmlTable(['figure', 'missing variants'], rows)}
<details><summary>How to train them</summary><p>Train each on the same data set (the folder DATA) and add it with another <code>--run</code>; <code>evaluator experiment</code> does all of this.</p>
<pre>${commands.map(escapeHtml).join('\n')}</pre></details>`;
  return section(
    'figures',
    'Figures that compare more runs',
    'These figures of the paper show several variants side by side.',
    body,
  );
}
