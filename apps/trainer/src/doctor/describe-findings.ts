import type { Finding, FindingState } from './check';
import { isFit } from './examine';

const MARKS: Readonly<Record<FindingState, string>> = { works: 'works', absent: 'absent', warning: 'works, but', fails: 'FAILS' };

/** What was found as lines for people: a line each, the remedy below it, the verdict at the end. */
export function describeFindings(findings: readonly Finding[]): string[] {
  const wide = Math.max(...Object.values(MARKS).map((mark) => mark.length));
  const nameWide = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.flatMap(({ name, state, detail, remedy }) => [
    `${MARKS[state].padEnd(wide)}  ${name.padEnd(nameWide)}  ${detail}`,
    ...(remedy === undefined ? [] : [`${' '.repeat(wide + nameWide + 4)}→ ${remedy}`]),
  ]);
  const failing = findings.filter(({ state }) => state === 'fails').map(({ name }) => name);
  const verdict = isFit(findings)
    ? 'The default job can run: npx pnpm --filter trainer start'
    : `The default job can't run until this is mended: ${failing.join(', ')}`;
  return [...lines, '', verdict];
}
