import { differencesFromPaper, type Difference } from '../../options/differences-from-paper';
import { escapeHtml } from '../html';
import type { Section } from './section';

const shown = (value: unknown) => (value === null ? '–' : escapeHtml(String(value)));

function differenceRow({ option, value, paper, reason }: Difference): string {
  const why = reason === null ? '<em>set by hand</em>' : escapeHtml(reason);
  return `<tr><th>${escapeHtml(option)}<td class="changed">${shown(value)}<td>${shown(paper)}<td>${why}`;
}

/** The run's options: what differs from the paper with its reasons, then all of them. */
export const configuration: Section = {
  id: 'configuration',
  title: 'Configuration',
  render({ run: { config } }) {
    const differences = differencesFromPaper(config.options);
    const all = Object.entries(config.options).map(([name, value]) => `<tr><th>${escapeHtml(name)}<td>${shown(value)}`);
    const table =
      differences.length === 0
        ? '<p>Exactly as in the paper.</p>'
        : `<div class="wide"><table><thead><tr><th>option<th>here<th>paper<th>why</thead>${differences.map(differenceRow).join('')}</table></div>`;
    return `${table}<details><summary>All options</summary><div class="wide"><table>${all.join('')}</table></div></details>`;
  },
};
