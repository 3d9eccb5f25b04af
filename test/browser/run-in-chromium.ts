import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { launchChromium } from '../extras/chromium';
import type { PageResult } from './vitest-in-page';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export interface PageTests {
  /** Paths of the test files. */
  tests: string[];
  /** The contents of `FILES` in the page, as base64. There, `readFileSync` of `node:fs` looks up a URL's pathname in it. */
  files?: Record<string, Buffer>;
}

/** Runs test files in a page of headless Chromium, bundled as for a page. Test names begin with the file's. */
export async function runInChromium({ tests, files = {} }: PageTests): Promise<PageResult[]> {
  const encoded = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, bytes.toString('base64')]));
  const script = await bundle(tests);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: `globalThis.FILES = ${JSON.stringify(encoded)};` });
    await page.addScriptTag({ content: script });
    return (await page.evaluate('page.runAll()')) as PageResult[];
  } finally {
    await browser.close();
  }
}

/** Paths of all files in a browser bundle of `entry`. A Node module in it is an error. */
export async function bundledFiles(entry: string): Promise<string[]> {
  const { metafile } = await build({ entryPoints: [entry], bundle: true, write: false, metafile: true, platform: 'browser' });
  return Object.keys(metafile.inputs);
}

async function bundle(tests: string[]): Promise<string> {
  const load = (path: string) =>
    `await inFile(${JSON.stringify(relative(here('../..'), path))}, () => import(${JSON.stringify(path)}));`;
  const { outputFiles } = await build({
    stdin: {
      contents: `import { inFile, runTests } from 'vitest';
        export async function runAll() { ${tests.map(load).join('\n')} return runTests(); }`,
      resolveDir: here('.'),
    },
    alias: { vitest: here('vitest-in-page.ts'), 'node:fs': here('node-fs-in-page.ts') },
    plugins: [MODULE_URLS],
    define: { 'process.env.NODE_ENV': '"test"' },
    ignoreAnnotations: true, // "sideEffects": false would drop the tests
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'page',
    platform: 'browser',
  });
  return outputFiles[0]!.text;
}

/** Gives our own files the same `import.meta.url` as in Node. */
const MODULE_URLS: Plugin = {
  name: 'module-urls',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
      loader: 'ts',
    })),
};
