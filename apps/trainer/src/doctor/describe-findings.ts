import { columns } from '../progress/columns';
import type { Finding, FindingState } from './check';
import { isFit } from './examine';

const MARKS: Readonly<Record<FindingState, string>> = { works: 'works', absent: 'absent', warning: 'works, but', fails: 'FAILS' };

/** The findings as lines of text, wrapped to `width` characters: one each, with its remedy below it, and the verdict at the end. */
export function describeFindings(findings: readonly Finding[], width = Infinity): string[] {
  const rows = findings.flatMap(({ name, state, detail, remedy }) => [
    [MARKS[state], name, detail],
    ...(remedy === undefined ? [] : [['', '', `→ ${remedy}`]]),
  ]);
  const lines = columns(rows, width);
  const failing = findings.filter(({ state }) => state === 'fails').map(({ name }) => name);
  const verdict = isFit(findings)
    ? 'A default run is possible: npx pnpm --filter trainer start'
    : `A default run is impossible until this is fixed: ${failing.join(', ')}`;
  return [...lines, '', verdict];
}
