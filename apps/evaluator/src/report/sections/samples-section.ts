import type { EvaluationResult } from '../../evaluation/evaluate-runs';
import type { PlayableSound } from '../../gallery/gallery';
import { escapeHtml, section } from '../html';
import { sampleGrid, type GridRow } from '../sample-grid';
import type { SoundBank } from '../sound-bank';

const pathName = (role: string) => [...role].join('→');

/** Everything that the first run makes of one test pair of each class. */
export function samplesSection({ evaluation, gallery, samples }: EvaluationResult, bank: SoundBank): string {
  const { name } = evaluation.run;
  const { images, sounds } = samples[name];
  const imageRows: GridRow<string>[] = [
    { label: 'true image', cells: gallery.map(({ image }) => image) },
    ...Object.entries(images).map(([role, cells]) => ({ label: pathName(role), cells })),
  ];
  const soundRows: GridRow<PlayableSound>[] = [
    { label: 'true sound', cells: gallery.map(({ sound }) => sound) },
    ...Object.entries(sounds).map(([role, cells]) => ({ label: pathName(role), cells })),
  ];
  const lead = `What ${escapeHtml(name)} makes of one test pair of each class, drawn by the seed. A→A→V: the image at the end of that path. A true sound is the recording, a generated one what its spectrogram sounds like.`;
  const columns = gallery.map(({ className }) => className);
  const grid = sampleGrid({ columns, images: imageRows, sounds: soundRows }, bank);
  return section('samples', `Samples of ${escapeHtml(name)}`, lead, grid);
}
