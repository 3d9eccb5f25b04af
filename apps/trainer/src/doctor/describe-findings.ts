import { columns } from '../progress/columns';
import type { Finding, FindingState } from './check';
import { isFit } from './examine';

const MARKS: Readonly<Record<FindingState, string>> = { works: 'works', absent: 'absent', warning: 'works, but', fails: 'FAILS' };

/** What was found as lines for people, wrapped to `width` characters: a line each, the remedy below it, the verdict at the end. */
export function describeFindings(findings: readonly Finding[], width = Infinity): string[] {
  const rows = findings.flatMap(({ name, state, detail, remedy }) => [
    [MARKS[state], name, detail],
    ...(remedy === undefined ? [] : [['', '', `→ ${remedy}`]]),
  ]);
  const lines = columns(rows, width);
  const failing = findings.filter(({ state }) => state === 'fails').map(({ name }) => name);
  const verdict = isFit(findings)
    ? 'The default job can run: npx pnpm --filter trainer start'
    : `The default job can't run until this is mended: ${failing.join(', ')}`;
  return [...lines, '', verdict];
}
