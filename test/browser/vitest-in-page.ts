// Replaces vitest where the tests run in a page: the same expect, and just enough of describe and it.
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
type Hook = () => unknown;

interface PageTest {
  name: string;
  run: () => unknown;
  before: Hook[];
  after: Hook[];
}

const tests: PageTest[] = [];
const path: string[] = [];
let before: Hook[] = [];
let after: Hook[] = [];

/** Defines the tests of a file; its hooks apply only to it. */
export async function inFile(name: string, load: () => Promise<unknown>): Promise<void> {
  [before, after] = [[], []];
  path.push(name);
  await load();
  path.pop();
}

/** Hooks of a whole file: none of our tests has one inside a `describe`. */
export const beforeEach = (hook: Hook): void => void before.push(hook);
export const afterEach = (hook: Hook): void => void after.push(hook);

/** Calls `define` for each row; an array is spread as the arguments. */
const each = (define: (name: string, run: () => unknown) => void) => (rows: readonly unknown[]) => (name: string, run: Test) =>
  rows.forEach((row, i) => define(`${name} [${i}]`, () => run(...(Array.isArray(row) ? (row as unknown[]) : [row]))));

function defineGroup(name: string, define: () => unknown): void {
  path.push(name);
  define();
  path.pop();
}

const defineTest = (name: string, run: () => unknown) =>
  void tests.push({ name: [...path, name].join(' > '), run, before, after });

export const describe = Object.assign(defineGroup, { each: each(defineGroup) });
export const it = Object.assign(defineTest, { each: each(defineTest) });

const restores: Hook[] = [];

/** Just enough of vi: replacing a method of an object, and restoring it. */
export const vi = {
  spyOn<K extends string>(object: Record<K, Test>, key: K) {
    const original = object[key];
    restores.push(() => (object[key] = original));
    return { mockImplementation: (replacement: Test) => void (object[key] = replacement) };
  },
  restoreAllMocks: () => restores.splice(0).forEach((restore) => restore()),
};

/** Runs all defined tests. */
export async function runTests(): Promise<PageResult[]> {
  const results: PageResult[] = [];
  for (const { name, run, before, after } of tests) {
    try {
      for (const hook of before) await hook();
      await run();
      results.push({ name });
    } catch (error) {
      results.push({ name, error: error instanceof Error ? `${error.message}\n${error.stack}` : String(error) });
    } finally {
      for (const hook of after) await hook();
    }
  }
  return results;
}
