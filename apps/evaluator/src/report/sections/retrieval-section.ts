import { percent } from '@cmcgan/evaluation';
import { DIRECTIONS } from '@cmcgan/model';
import type { RunEvaluation } from '../../evaluation/evaluation';
import { escapeHtml, htmlTable, section } from '../html';
import { DIRECTION_NAMES } from '../print-evaluation';

const LEAD = `This is of the discriminator, not of what is generated. For each real test sample the joint discriminator ranks all test samples of the other modality;
R@k is how often the true partner is among the first k. Partners of the same song look and sound nearly the same, so that even a perfect judge of instruments stays
far from 100 %.`;

/** Retrieval by the discriminator; nothing where no run has a joint one. */
export function retrievalSection(runs: readonly RunEvaluation[]): string {
  const rows = runs.flatMap(({ run, retrieval }) =>
    DIRECTIONS.flatMap((direction) => {
      if (retrieval === null) return [];
      const { recallAt, meanRank, medianRank, candidates } = retrieval[direction];
      const withChance = (k: 1 | 5 | 10) =>
        `<b>${percent(recallAt[k])}</b> <small>chance ${percent(Math.min(1, k / candidates))}</small>`;
      const rank = `<b>${meanRank.toFixed(1)}</b> <small>chance ${((candidates + 1) / 2).toFixed(1)}</small>`;
      return [
        [
          DIRECTION_NAMES[direction],
          escapeHtml(run.name),
          withChance(1),
          withChance(5),
          withChance(10),
          rank,
          medianRank.toFixed(1),
          String(candidates),
        ],
      ];
    }),
  );
  if (rows.length === 0) return '';
  return section(
    'retrieval',
    'Retrieval: does the discriminator know what belongs together?',
    LEAD,
    htmlTable(['', 'run', 'R@1', 'R@5', 'R@10', 'mean rank', 'median rank', 'candidates'], rows),
  );
}
