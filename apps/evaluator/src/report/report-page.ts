import type { EvaluationResult } from '../evaluation/evaluate-runs';
import { FIGURES } from '../figures/figures';
import { escapeHtml } from './html';
import { auditSection } from './sections/audit-section';
import { confusionSection } from './sections/confusion-section';
import { distanceSection } from './sections/distance-section';
import { diversitySection } from './sections/diversity-section';
import { figureSections } from './sections/figure-section';
import { groundTruthSection } from './sections/ground-truth-section';
import { methodSection } from './sections/method-section';
import { missingRateSection } from './sections/missing-rate-section';
import { retrievalSection } from './sections/retrieval-section';
import { samplesSection } from './sections/samples-section';
import { summaryTiles } from './sections/summary';
import { table1Section } from './sections/table1-section';
import { table2Section } from './sections/table2-section';
import { createSoundBank } from './sound-bank';
import { SCRIPT, STYLE } from './style';

const LINKS: readonly (readonly [id: string, name: string])[] = [
  ['audit', 'Audit'],
  ['table1', 'Table 1'],
  ['table2', 'Table 2'],
  ['samples', 'Samples'],
  ...FIGURES.map(({ id, title }) => [id, title.split(':')[0]] as const),
  ['missing', 'Missing modality'],
  ['truth', 'Pitch and loudness'],
  ['confusion', 'Class by class'],
  ['distances', 'Distances'],
  ['retrieval', 'Retrieval'],
  ['diversity', 'Diversity'],
  ['method', 'Method'],
];

/** The page of an evaluation: audit, tables and figures in one file that needs nothing else. */
export function reportPage(result: EvaluationResult): string {
  const { evaluation } = result;
  const { runs, audit, data } = evaluation;
  const bank = createSoundBank();
  const body = [
    ...[
      auditSection(audit),
      table1Section(runs),
      table2Section(runs),
      samplesSection(result, bank),
      figureSections(result, bank),
    ],
    ...[missingRateSection(runs), groundTruthSection(runs), confusionSection(runs)],
    ...[distanceSection(runs), retrievalSection(runs), diversitySection(runs), methodSection(evaluation)],
  ].join('\n');
  const links = LINKS.filter(([id]) => body.includes(`<section id="${id}">`)).map(([id, name]) => `<a href="#${id}">${name}</a>`);
  const title = `Evaluation of ${runs.map(({ run }) => run.name).join(', ')}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head><body>
<header><h1>${escapeHtml(title)}</h1>
<p>${data.used.test} test pairs of ${data.classNames.length} classes${data.simulated ? ', simulated' : ''}. Cross-modal generation judged as in CMCGAN (AAAI 2018), section Experiments.</p>
${summaryTiles(evaluation)}</header>
<nav><div>${links.join('')}</div></nav>
<main>${body}</main>${bank.toHtml()}<script>${SCRIPT}</script></body></html>
`;
}
