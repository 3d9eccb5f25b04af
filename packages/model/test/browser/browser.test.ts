// Saves networks in Node and in headless Chromium, and loads them in Chromium, bundled as in a web page.
import '@tensorflow/tfjs-backend-cpu';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomNormal, setBackend } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { runInChromium } from '../../../../test/browser/run-in-chromium';
import { hasChromium } from '../../../../test/extras/chromium';
import { createCmcgan } from '../../src/index';
import { saveModel } from '../../src/node/index';

/** The files of a tiny model, and a sound that it generates. */
async function savedModel(): Promise<Record<string, Buffer>> {
  await setBackend('cpu');
  const folder = mkdtempSync(join(tmpdir(), 'cmcgan-browser-'));
  const model = createCmcgan({ width: 1 / 64, depth: 5, latentSize: 4, seed: 2 });
  await saveModel(model, folder);
  const sound = model.generateSound(randomNormal([1, 128, 128, 3], 0, 1, 'float32', 1), randomNormal([1, 1, 1, 4], 0, 1, 'float32', 2)); // prettier-ignore
  const [config, weights] = ['config.json', 'model.safetensors'].map((name) => readFileSync(join(folder, name)));
  rmSync(folder, { recursive: true });
  const values = sound.dataSync<'float32'>();
  return {
    'config.json': config,
    'model.safetensors': weights,
    'sound.bin': Buffer.from(values.buffer, values.byteOffset, values.byteLength),
  };
}

const present = hasChromium('@cmcgan/model');
const tests = [fileURLToPath(new URL('layers-models.page.ts', import.meta.url))];
const results = present ? await runInChromium({ tests, files: await savedModel() }) : [];

describe.skipIf(!present)('@cmcgan/model in Chromium', () => {
  it('runs its tests', () => expect(results.length).toBe(2));
  it.each(results)('$name', ({ error }) => expect(error).toBeUndefined());
});
