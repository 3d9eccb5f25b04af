// Also runs all the tests beside the sources in headless Chromium.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runInChromium } from '../../../../test/browser/run-in-chromium';
import { hasChromium } from '../../../../test/extras/chromium';

/** Every file below a folder of this package, as paths. */
function filesIn(folder: string): string[] {
  const path = fileURLToPath(new URL(`../../${folder}`, import.meta.url));
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

const tests = filesIn('src').filter((path) => path.endsWith('.test.ts'));
const fixtures = filesIn('test/fixtures').map((path) => [pathToFileURL(path).pathname, readFileSync(path)] as const);
const present = hasChromium('audio-features');
const results = present ? await runInChromium({ tests, files: Object.fromEntries(fixtures) }) : [];

describe.skipIf(!present)('in Chromium', () => {
  it('every file has tests there', () => {
    const tested = new Set(results.map(({ name }) => name.split(' > ')[0]));
    expect(tested.size).toBe(tests.length);
  });

  for (const { name, error } of results)
    it(name, () => {
      if (error) throw new Error(error);
    });
});
