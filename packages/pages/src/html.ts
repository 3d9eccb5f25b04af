const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Escapes text for HTML, also inside a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => ESCAPES[letter]);

/** A table of HTML cells; the first cell of each row is its header. */
export function htmlTable(head: readonly string[], rows: readonly (readonly string[])[], className = ''): string {
  const cells = (row: readonly string[]) =>
    row.map((cell, i) => (i === 0 ? `<th scope="row">${cell}</th>` : `<td>${cell}</td>`)).join('');
  const body = rows.map((row) => `<tr>${cells(row)}</tr>`).join('\n');
  return `<div class="scroll"><table class="${className}"><thead><tr>${head.map((cell) => `<th scope="col">${cell}</th>`).join('')}</tr></thead>
<tbody>${body}</tbody></table></div>`;
}

/** A section with its heading; `lead` is a sentence or two about what it shows. */
export function section(id: string, title: string, lead: string, body: string): string {
  return `<section id="${id}"><h2>${title}</h2>${lead === '' ? '' : `<p class="lead">${lead}</p>`}\n${body}</section>`;
}

/** Bytes as a data URI: `data:image/png;base64,…`. */
export const dataUri = (type: string, bytes: Uint8Array): string =>
  `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
