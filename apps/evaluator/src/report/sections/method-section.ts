import { escapeHtml, htmlTable, section } from '@cmcgan/pages';
import type { Evaluation } from '../../evaluation/evaluation';
import { describeCheckpoint } from '../../evaluation/runs';

/** The runs, and what was measured with. */
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
    `Data <code>${manifestHash.slice(0, 12)}</code>${data.simulated ? ', simulated' : ''}: ${pairs.train} training pairs (${used.train} used here), ${pairs.test} test pairs (${used.test} used); -1 … 1 of a sound stand for ${decibelRange.floorDb} … ${decibelRange.ceilingDb} dB`,
    `Judges: ${judge.origin === 'trained' ? 'trained for this evaluation' : judge.origin}. Of real training samples they know ${(100 * judge.real.train.V.accuracy).toFixed(1)} % (images) and ${(100 * judge.real.train.A.accuracy).toFixed(1)} % (sounds)`,
    `Seed ${seed}; computed by ${escapeHtml(backend)}. The same seed and backend give the same figures`,
    'Intervals are Wilson’s, 95 %, and take samples for independent, which neighbours of one song are not: they are too narrow',
  ];
  const list = `<ul>${facts.map((fact) => `<li>${fact}.</li>`).join('')}</ul>`;
  return section(
    'method',
    'Runs and settings',
    '',
    htmlTable(['run', 'variant', 'preset', 'seed', 'checkpoint', 'weights'], rows) + list,
  );
}
