/** Minimum width of the last column. */
const NARROWEST = 15;

/** Wraps a text to lines of at most `width` characters; a longer word gets its own line. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    if (last >= 0 && lines[last].length + 1 + word.length <= width) lines[last] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Formats rows as indented lines, with every column as wide as its widest cell and the last one wrapped to keep lines within `width`. */
export function columns(rows: readonly (readonly string[])[], width = Infinity): string[] {
  const widths = rows[0].slice(0, -1).map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const before = widths.reduce((sum, each) => sum + each + 2, 2);
  return rows.flatMap((row) => {
    const start = `  ${widths.map((each, column) => `${row[column].padEnd(each)}  `).join('')}`;
    const lines = wrap(row[row.length - 1], Math.max(NARROWEST, width - before));
    return lines.map((line, index) => `${index === 0 ? start : ' '.repeat(before)}${line}`.trimEnd());
  });
}
