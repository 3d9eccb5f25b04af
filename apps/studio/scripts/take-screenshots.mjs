// Takes pictures of the built page with the released weights, in the Chromium that the tests use: a sound and the pictures made from it, and a
// picture and the sounds made from it, on a desktop, in the dark, and on a phone.
//   npx pnpm --filter studio screenshots <folder>
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChromium } from '../../../scripts/start-chromium.mjs';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const DEVICES = {
  desktop: { viewport: { width: 1200, height: 960 } },
  dark: { viewport: { width: 1200, height: 960 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
};
const EXAMPLES = { sound: 'Sound of a cello', picture: 'Picture of a violin' };

const [given] = process.argv.slice(2);
if (given === undefined) {
  console.error('usage: take-screenshots <folder>');
  process.exit(2);
}
const out = resolve(process.env.INIT_CWD ?? '.', given);

/** Starts the studio; resolves to its address. */
function start() {
  const server = spawn(process.execPath, [CLI, '--port', '0']);
  const address = new Promise((found, reject) => {
    let written = '';
    for (const stream of [server.stdout, server.stderr]) {
      stream.on('data', (chunk) => {
        written += chunk;
        const [url] = /http:\/\/\S+/.exec(written) ?? [];
        if (url) found(url);
      });
    }
    server.on('exit', () => reject(new Error(written)));
  });
  return { server, address };
}

async function take(browser, address, [device, options]) {
  for (const [kind, example] of Object.entries(EXAMPLES)) {
    const context = await browser.newContext({ ...options, reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(address);
    await page.locator('.backend.ready').waitFor();
    await page.getByRole('button', { name: example }).click();
    await page.locator(kind === 'sound' ? '.result.direct .picture' : '.result.direct audio').waitFor({ state: 'attached' });
    await page.getByRole('row').nth(1).waitFor(); // the classifier has answered
    await page.waitForLoadState('networkidle');
    const path = join(out, `${kind}-${device}.jpg`);
    await page.screenshot({ path, quality: 85, fullPage: device === 'phone' });
    console.log(path);
    await context.close();
  }
}

mkdirSync(out, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'cmcgan-screenshots-'));
const { server, address } = start();
try {
  const browser = await startChromium(join(folder, 'chromium'));
  for (const device of Object.entries(DEVICES)) await take(browser, await address, device);
  await browser.close();
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
