// The kernels in headless Chromium, in a page that is cross-origin isolated and in one that is not.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium, SOFTWARE_WEBGPU } from '../../../../test/extras/chromium';
import type { PageReport, runWebgpu } from './page';

const present = hasChromium('tfjs-kernels');
const ISOLATION = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
const binary = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm');

async function serve(): Promise<Server> {
  const entry = fileURLToPath(new URL('page.ts', import.meta.url));
  const { outputFiles } = await build({
    ...{ entryPoints: [entry], bundle: true, write: false, format: 'esm', platform: 'browser' },
    ...{ ignoreAnnotations: true, logLevel: 'error' },
  });
  const files: Record<string, [string, string | Buffer]> = {
    '/page.js': ['text/javascript', outputFiles[0].text],
    '/tfjs-backend-wasm-simd.wasm': ['application/wasm', readFileSync(binary)],
  };
  const server = createServer(({ url = '/' }, response) => {
    const [type, body] = files[url] ?? ['text/html', '<!doctype html><title>tfjs-kernels</title>'];
    response.writeHead(200, { 'Content-Type': type, ...(url === '/plain' ? {} : ISOLATION) }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe.skipIf(!present)('in Chromium', () => {
  let server: Server;
  let browser: Browser;
  beforeAll(async () => {
    server = await serve();
    browser = await launchChromium(SOFTWARE_WEBGPU);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  async function evaluate(path: string, call: string): Promise<unknown> {
    const page = await browser.newPage();
    try {
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
      return await page.evaluate(`import('/page.js').then((page) => page.${call})`);
    } finally {
      await page.close();
    }
  }

  const report = async (path: string, threads?: number) => (await evaluate(path, `run(${threads})`)) as PageReport;

  function expectRight({ errors }: Pick<PageReport, 'errors'>): void {
    expect(Object.keys(errors)).toEqual(['y', 'dx', 'dw']);
    for (const error of Object.values(errors)) expect(error).toBeLessThan(1e-5);
  }

  it('an isolated page computes correct results on threads', { timeout: 120_000 }, async () => {
    const isolated = await report('/', 3);
    expect(isolated).toMatchObject({ isolated: true, threads: 3 });
    expectRight(isolated);
  });

  it('a page that is not isolated computes correct results on its own thread', { timeout: 120_000 }, async () => {
    const plain = await report('/plain');
    expect(plain).toMatchObject({ isolated: false, threads: 1 });
    expectRight(plain);
    await expect(report('/plain', 2)).rejects.toThrow('threads must be 1 in a page that is not cross-origin isolated, got 2');
  });
  it('a page with WebGPU computes correct results on it', { timeout: 120_000 }, async ({ skip }) => {
    skip(!(await evaluate('/plain', 'hasWebgpu()')), 'this Chromium has no WebGPU adapter');
    const onGpu = (await evaluate('/plain', 'runWebgpu()')) as Awaited<ReturnType<typeof runWebgpu>>;
    expectRight(onGpu);
    expect(onGpu).toMatchObject({ square: 9, red: [255, 0, 0] });
  });
});
