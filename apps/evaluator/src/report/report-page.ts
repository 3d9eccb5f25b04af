import { createSoundBank, escapeHtml, SAMPLE_GRID_SCRIPT } from '@cmcgan/pages';
import { FIGURES } from '@cmcgan/evaluation';
import type { EvaluationResult } from '../evaluation/evaluate-runs';
import type { Evaluation } from '../evaluation/evaluation';
import { describeCheckpoint } from '../evaluation/runs';
import { auditSection } from './sections/audit-section';
import { confusionSection } from './sections/confusion-section';
import { methodSection } from './sections/method-section';
import { measureSection } from './sections/measure-sections';
import { missingRateSection } from './sections/missing-rate-section';
import { figureSections, samplesSection } from './sections/sample-sections';
import { summary } from './sections/summary';
import { table1Section, table2Section } from './sections/table-sections';
import { STYLE } from './style';

const LINKS: readonly (readonly [id: string, name: string])[] = [
  ['audit', 'Trust'],
  ['samples', 'Samples'],
  ['table1', 'Table 1'],
  ['table2', 'Table 2'],
  ...FIGURES.map(({ id, title }) => [id, title.split(':')[0]] as const),
  ['figures', 'More figures'],
  ['missing', 'Missing halves'],
  ['truth', 'Pitch and loudness'],
  ['heard', 'Sounds'],
  ['confusion', 'Class by class'],
  ['distances', 'Distances'],
  ['retrieval', 'Retrieval'],
  ['diversity', 'Diversity'],
  ['precision-recall', 'Precision and recall'],
  ['method', 'Settings'],
];

/** Runs named in a title; if there are more, only the first is named and the others are counted. */
const NAMES_IN_TITLE = 3;

/** The page of an evaluation, one self-contained file: the result in sentences, samples, tables and figures. */
export function reportPage(result: EvaluationResult): string {
  const { evaluation } = result;
  const { run, runs, audit, data } = evaluation;
  const bank = createSoundBank();
  const body = [
    ...[auditSection(audit), samplesSection(result, bank), table1Section(evaluation), table2Section(evaluation)],
    ...[
      figureSections(result, bank),
      missingRateSection(runs),
      measureSection('groundTruth', runs),
      measureSection('soundQuality', runs),
      confusionSection(runs),
    ],
    ...[
      measureSection('frechet', runs),
      measureSection('retrieval', runs),
      measureSection('diversity', runs),
      measureSection('precisionRecall', runs),
      methodSection(evaluation),
    ],
  ].join('\n');
  const links = LINKS.filter(([id]) => body.includes(`<section id="${id}">`)).map(([id, name]) => `<a href="#${id}">${name}</a>`);
  const title = escapeHtml(`Evaluation of ${namesOf(runs)}`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head><body>
<header><h1>${title}</h1>
<p>${runs.length > 1 ? `About ${escapeHtml(run.name)}: ` : ''}${escapeHtml(run.variant)}, ${escapeHtml(describeCheckpoint(run.checkpoint))}; ${data.used.test} test pairs of ${data.classNames.length} classes${data.simulated ? ', simulated musicians' : ''}.</p>
${summary(result)}</header>
<nav><div>${links.join('')}</div></nav>
<main>${body}</main>${bank.toHtml()}<script>${SAMPLE_GRID_SCRIPT}</script></body></html>
`;
}

function namesOf(runs: Evaluation['runs']): string {
  const names = runs.map(({ run }) => run.name);
  return names.length > NAMES_IN_TITLE ? `${names[0]} and ${names.length - 1} other runs` : names.join(', ');
}
