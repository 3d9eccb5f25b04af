// Stands in for vitest where the tests run in a page: the same expect, and just enough of describe and it.
import { chai, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

export const expect = Object.assign((value: unknown, message?: string) => chai.expect(value, message), {
  stringMatching: (chai.expect as unknown as { stringMatching: unknown }).stringMatching,
  stringContaining: (chai.expect as unknown as { stringContaining: unknown }).stringContaining,
});

export interface PageResult {
  name: string;
  error?: string;
}

type Test = (...args: unknown[]) => unknown;

const tests: { name: string; run: () => unknown }[] = [];
const path: string[] = [];

export function describe(name: string, define: () => void): void {
  path.push(name);
  define();
  path.pop();
}

const add = (name: string, run: () => unknown) => void tests.push({ name: [...path, name].join(' > '), run });

export const it = Object.assign((name: string, run: () => unknown) => add(name, run), {
  each: (rows: readonly unknown[]) => (name: string, run: Test) =>
    rows.forEach((row, i) => add(`${name} [${i}]`, () => run(...(Array.isArray(row) ? row : [row])))),
});

/** Runs everything that was defined. */
export async function runAll(): Promise<PageResult[]> {
  const results: PageResult[] = [];
  for (const { name, run } of tests) {
    try {
      await run();
      results.push({ name });
    } catch (error) {
      results.push({ name, error: error instanceof Error ? `${error.message}\n${error.stack}` : String(error) });
    }
  }
  return results;
}
