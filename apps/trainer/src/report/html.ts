import { escapeHtml } from '@cmcgan/pages/html';

/** The header cell of a table row. */
export const rowHead = (text: string): string => `<th scope="row">${escapeHtml(text)}</th>`;

/** The head of a table, with one row of names. */
export const tableHead = (names: readonly string[]): string =>
  `<thead><tr>${names.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('')}</tr></thead>`;

/** Wraps wide content so that it scrolls sideways by finger, wheel or arrow keys. `name` describes it to screen readers. */
export const scrollable = (name: string, html: string): string =>
  `<div class="wide" role="group" aria-label="${escapeHtml(name)}" tabindex="0">${html}</div>`;

/** JSON that is safe inside a script element. */
export const scriptJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
