import type { FrechetDistance } from '@cmcgan/evaluation';
import { DIRECTIONS } from '@cmcgan/model';
import type { RunEvaluation } from '../../evaluation/evaluation';
import { escapeHtml, htmlTable, section } from '../html';
import { DIRECTION_NAMES } from '../print-evaluation';

const LEAD = `Fréchet distances between generated and real test samples: FID's and FAD's formula, but on the 64 features of this judge, so that they compare with
each other and not with published FIDs. Smaller is nearer. The distance between real training and real test samples shows about how near a generator can come.
They are biased upwards for few samples.`;

const figure = (value: FrechetDistance | null) =>
  value === null
    ? '<span class="none">–</span>'
    : `<b>${value.distance.toFixed(2)}</b> <small>n ${value.counts.join(' / ')}${value.rankDeficient ? `, fewer than the ${value.dimensions} features: too large` : ''}</small>`;

/** FID- and FAD-style distances. */
export function distanceSection(runs: readonly RunEvaluation[]): string {
  const rows = DIRECTIONS.flatMap((direction) =>
    runs.flatMap(({ run, frechet }) => {
      const measure = frechet[direction];
      if (measure === null) return [];
      const kind = direction === 'soundToImage' ? 'images (as FID)' : 'sounds (as FAD)';
      return [
        [
          `${DIRECTION_NAMES[direction]}<br><small>${kind}</small>`,
          escapeHtml(run.name),
          figure(measure.generated),
          figure(measure.direct),
          figure(measure.real),
        ],
      ];
    }),
  );
  return section(
    'distances',
    'Distances to real samples',
    LEAD,
    htmlTable(['', 'run', 'generated', 'direct', 'real train to real test'], rows),
  );
}
