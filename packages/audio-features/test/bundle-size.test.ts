// What one function costs a page: the bundle of logMelSpectrum alone, minified and gzipped. scripts/measure-size.mjs lists all functions.
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('logMelSpectrum alone is at most 5.5 KB', async () => {
  const index = fileURLToPath(new URL('../src/index.ts', import.meta.url));
  const { outputFiles } = await build({
    stdin: {
      contents: `export { logMelSpectrum } from ${JSON.stringify(index)};`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external: ['node:*', 'mpg123-decoder', 'opus-decoder'],
    write: false,
  });
  const { text, contents } = outputFiles[0]!;
  expect(text).toContain('logMelSpectrum');
  expect(gzipSync(contents, { level: 9 }).length).toBeLessThanOrEqual(5.5 * 1024);
});
