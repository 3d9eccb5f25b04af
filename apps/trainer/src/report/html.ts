const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as HTML shows it, also inside of an attribute's quotes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => ESCAPES[letter]);

/** A table's cell that heads its row. */
export const rowHead = (text: string): string => `<th scope="row">${escapeHtml(text)}</th>`;

/** A table's head of one row. */
export const tableHead = (names: readonly string[]): string =>
  `<thead><tr>${names.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('')}</tr></thead>`;

/** Something wider than a phone, to be scrolled sideways by finger, wheel or arrow keys. `name` tells what it holds. */
export const scrollable = (name: string, html: string): string =>
  `<div class="wide" role="group" aria-label="${escapeHtml(name)}" tabindex="0">${html}</div>`;

/** JSON that may stand inside of a script element. */
export const scriptJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** Bytes as an address that needs no file: `data:image/png;base64,…`. */
export const dataUri = (type: string, bytes: Uint8Array): string =>
  `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
