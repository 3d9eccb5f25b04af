import type { GridRow } from '@cmcgan/evaluation';
import { pathName, type GeneratedRole } from '@cmcgan/model';
import type { EvaluationResult } from '../../evaluation/evaluate-runs';
import { escapeHtml, section } from '../html';
import { PATH_LEGEND, ROLE_TEXTS } from '../roles';
import { sampleGrid } from '../sample-grid';
import type { SoundBank } from '../sound-bank';

/** Everything that the first run makes of one test pair of each class, each row with how it came about. */
export function samplesSection({ evaluation, gallery, samples }: EvaluationResult, bank: SoundBank): string {
  if (gallery.length === 0) return '';
  const { name } = evaluation.run;
  const { images, sounds } = samples[name];
  const lead = `What ${escapeHtml(name)} makes of one test pair of each class, drawn by the seed: each column is one pair. ${PATH_LEGEND} A true sound is the recording, a made one what its spectrogram sounds like.`;
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
