import { escapeHtml } from '@cmcgan/pages/html';
import { differencesFromPaper, type Difference } from '../../options/differences-from-paper';
import { flatten } from '../../options/option-path';
import { rowHead, scrollable, tableHead } from '../html';
import type { Section } from './section';

const shown = (value: unknown) => (value === null ? '–' : escapeHtml(String(value)));

function differenceRow({ option, value, paper, reason }: Difference): string {
  const why = reason === null ? '<em>set by hand</em>' : escapeHtml(reason);
  return `<tr>${rowHead(option)}<td class="changed">${shown(value)}<td>${shown(paper)}<td>${why}`;
}

/** The run's options: first those that differ from the paper, with reasons, then all. */
export const configuration: Section = {
  id: 'configuration',
  title: "Options that differ from the paper's",
  render({ run: { config } }) {
    const differences = differencesFromPaper(config.options, config.data);
    const all = Object.entries(flatten(config.options)).map(([name, value]) => `<tr>${rowHead(name)}<td>${shown(value)}`);
    const table =
      differences.length === 0
        ? '<p>Exactly as in the paper.</p>'
        : scrollable(
            "options that differ from the paper's",
            `<table>${tableHead(['option', 'here', 'paper', 'why'])}<tbody>${differences.map(differenceRow).join('')}</tbody></table>`,
          );
    return `${table}<details><summary>All options</summary>${scrollable('all options', `<table><tbody>${all.join('')}</tbody></table>`)}</details>`;
  },
};
