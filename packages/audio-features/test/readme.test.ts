import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, expect, it, vi } from 'vitest';

const script = new URL('./readme-example.generated.ts', import.meta.url);
afterAll(() => rmSync(script, { force: true }));

it('runs the example of the README and prints what its comments say', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const code = /```js\n([\s\S]*?)```/.exec(readme)![1]!;
  const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map((match) => match[1]);
  writeFileSync(script, code);
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  await import(/* @vite-ignore */ script.pathname);
  const printed = log.mock.calls.map((values) => values.join(' '));
  log.mockRestore();
  expect(promised.length).toBeGreaterThan(0);
  expect(printed).toEqual(promised);
});
