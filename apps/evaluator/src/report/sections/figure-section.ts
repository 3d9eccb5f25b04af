import type { EvaluationResult } from '../../evaluation/evaluate-runs';
import type { Evaluation } from '../../evaluation/evaluation';
import { FIGURES, type Figure, type FigureRow } from '../../figures/figures';
import type { GallerySamples, PlayableSound } from '../../gallery/gallery';
import { escapeHtml, htmlTable, section } from '../html';
import { sampleGrid, type GridRow } from '../sample-grid';
import type { SoundBank } from '../sound-bank';

/**
 * The paper's figures that compare runs which are there, and how to train what the others lack. A figure of which there is one variant
 * alone would show its samples again.
 */
export function figureSections(result: EvaluationResult, bank: SoundBank): string {
  if (result.gallery.length === 0) return '';
  const present = new Set(result.evaluation.runs.map(({ run }) => run.variant));
  const comparing = FIGURES.filter((figure) => variantsOf(figure).filter((variant) => present.has(variant)).length > 1);
  const lacking = FIGURES.map((figure) => ({ figure, missing: variantsOf(figure).filter((variant) => !present.has(variant)) }));
  return [
    ...comparing.map((figure) => figureSection(figure, result, bank)),
    missingSection(
      lacking.filter(({ missing }) => missing.length > 0),
      result.evaluation,
    ),
  ].join('\n');
}

const variantsOf = ({ rows }: Figure) => [...new Set(rows.map(({ variant }) => variant))];

function figureSection(
  { id, title, lead, rows }: Figure,
  { evaluation, gallery, samples }: EvaluationResult,
  bank: SoundBank,
): string {
  const present = rows.flatMap((row) => {
    const name = evaluation.runs.find(({ run }) => run.variant === row.variant)?.run.name;
    return name === undefined ? [] : [{ row, samples: samples[name] }];
  });
  const columns = gallery.map(({ className }) => className);
  const images: GridRow<string>[] = [
    { label: 'true image', cells: gallery.map(({ image }) => image) },
    ...present.flatMap(imageRow),
  ];
  const sounds: GridRow<PlayableSound>[] = [
    { label: 'true sound', cells: gallery.map(({ sound }) => sound) },
    ...present.flatMap(soundRow),
  ];
  return section(id, title, lead, sampleGrid({ columns, images, sounds }, bank));
}

interface PresentRow {
  readonly row: FigureRow;
  readonly samples: GallerySamples;
}

function imageRow({ row, samples }: PresentRow): GridRow<string>[] {
  const cells = row.image && samples.images[row.image];
  return cells ? [{ label: row.label, cells }] : [];
}

function soundRow({ row, samples }: PresentRow): GridRow<PlayableSound>[] {
  const cells = row.sound && samples.sounds[row.sound];
  return cells ? [{ label: row.label, cells }] : [];
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
