import type { EvaluationResult } from '../../evaluation/evaluate-runs';
import { FIGURES, type Figure, type FigureRow } from '../../figures/figures';
import type { GallerySamples, PlayableSound } from '../../gallery/gallery';
import { escapeHtml, section } from '../html';
import { sampleGrid, type GridRow } from '../sample-grid';
import type { SoundBank } from '../sound-bank';

/** The paper's figures from the runs that are there, and how to train what is missing. */
export function figureSections(result: EvaluationResult, bank: SoundBank): string {
  return FIGURES.map((figure) => figureSection(figure, result, bank)).join('\n');
}

function figureSection(
  { id, title, lead, rows }: Figure,
  { evaluation, gallery, samples }: EvaluationResult,
  bank: SoundBank,
): string {
  const nameOf = (variant: string) => evaluation.runs.find(({ run }) => run.variant === variant)?.run.name;
  const missing = [...new Set(rows.map(({ variant }) => variant).filter((variant) => nameOf(variant) === undefined))];
  const present = rows.flatMap((row) => {
    const name = nameOf(row.variant);
    return name === undefined ? [] : [{ row, samples: samples[name] }];
  });
  const truth = { label: 'ground truth' };
  const columns = gallery.map(({ className }) => className);
  const images: GridRow<string>[] = [{ ...truth, cells: gallery.map(({ image }) => image) }, ...present.flatMap(imageRow)];
  const sounds: GridRow<PlayableSound>[] = [{ ...truth, cells: gallery.map(({ sound }) => sound) }, ...present.flatMap(soundRow)];
  const grids = present.length === 0 ? '' : sampleGrid({ columns, images, sounds }, bank);
  return section(id, title, lead, grids + missingRuns(missing, evaluation.run.preset));
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

function missingRuns(variants: readonly string[], preset: string): string {
  if (variants.length === 0) return '';
  const commands = variants.map((variant) => {
    const flags = `--variant ${variant} --preset ${preset} --data DATA --out runs/${variant}`;
    return `npx pnpm --filter trainer start ${flags}`;
  });
  return `<p>Not among the runs given: ${variants.map(escapeHtml).join(', ')}. Train ${variants.length === 1 ? 'it' : 'them'}, and name ${variants.length === 1 ? 'it' : 'each'} with another --run:</p>
<pre>${commands.map(escapeHtml).join('\n')}</pre>`;
}
