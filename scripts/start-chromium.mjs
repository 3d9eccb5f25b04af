// Starts the Chromium that the tests use, for scripts that measure or draw pages.
import { mkdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** @param folder is created for npm's Chromium, which is unpacked there; the variable CHROMIUM names another program */
export async function startChromium(folder) {
  const args = ['--no-sandbox'];
  if (process.env.CHROMIUM) return chromium.launch({ executablePath: process.env.CHROMIUM, args });
  const outfile = here('../node_modules/.cache/npm-chromium.mjs'); // in the workspace, where it finds its packages
  await build({ entryPoints: [here('../test/extras/npm-chromium.ts')], outfile, format: 'esm', platform: 'node' });
  const { unpackNpmChromium } = await import(pathToFileURL(outfile).href);
  mkdirSync(folder);
  const { executable, env } = await unpackNpmChromium(folder);
  return chromium.launch({ executablePath: executable, env: { ...process.env, ...env }, args });
}
