import { escapeHtml, htmlTable, section } from '@cmcgan/pages';
import type { Evaluation } from '../../evaluation/evaluation';
import { describeCheckpoint } from '../../evaluation/runs';

/** The runs, and how they were measured. */
export function methodSection({ runs, data, seed, backend, judge }: Evaluation): string {
  const rows = runs.map(({ run }) => [
    escapeHtml(run.name),
    escapeHtml(run.variant),
    escapeHtml(run.preset),
    String(run.seed),
    describeCheckpoint(run.checkpoint),
    `${(run.parameters / 1e6).toFixed(2)} M`,
  ]);
  const { pairs, used, decibelRange, manifestHash } = data;
  const facts = [
    `Data <code>${manifestHash.slice(0, 12)}</code>${data.simulated ? ', simulated' : ''}: ${pairs.train} training pairs (${used.train} used here), ${pairs.test} test pairs (${used.test} used); -1 … 1 in a sound stand for ${decibelRange.floorDb} … ${decibelRange.ceilingDb} dB`,
    `Judges: ${judge.origin === 'trained' ? 'trained for this evaluation' : judge.origin}. They recognise ${(100 * judge.real.train.V.accuracy).toFixed(1)} % of real training images and ${(100 * judge.real.train.A.accuracy).toFixed(1)} % of real training sounds`,
    `Seed ${seed}; computed with ${escapeHtml(backend)}. The same seed and backend give the same figures`,
    'Intervals are 95 % Wilson intervals. They assume independent samples; neighbouring excerpts of a song are not independent, so the intervals are too narrow',
  ];
  const list = `<ul>${facts.map((fact) => `<li>${fact}.</li>`).join('')}</ul>`;
  return section(
    'method',
    'Runs and settings',
    '',
    htmlTable(['run', 'variant', 'preset', 'seed', 'checkpoint', 'weights'], rows) + list,
  );
}
