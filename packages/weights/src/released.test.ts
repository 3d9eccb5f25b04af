import '@tensorflow/tfjs-backend-cpu';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { classifierFromFiles } from '@cmcgan/classifier';
import { loadClassifier } from '@cmcgan/classifier/node';
import { fromSafetensors, modelFromFiles } from '@cmcgan/model';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeFigures, figuresIn } from '../scripts/steps/model-card.mjs';
import { readClassifiers, readGenerator } from './index';

const MAX_BYTES = 4_000_000;
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const model = (...path: string[]) => join(here('../model'), ...path);
const json = (...path: string[]) => JSON.parse(readFileSync(model(...path), 'utf8')) as Record<string, unknown>;

beforeAll(() => setBackend('cpu'));

/** What the header of a safetensors file says, without decoding its values. */
function headerOf(bytes: Uint8Array) {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const { __metadata__: metadata, ...tensors } = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Record<
    string,
    { dtype: string }
  > & { __metadata__: Record<string, string> };
  return { metadata, types: [...new Set(Object.values(tensors).map(({ dtype }) => dtype))] };
}

describe('the released generator', () => {
  it('is the model in model/, for sounds and pictures of thirteen instruments', async () => {
    const files = await readGenerator();
    expect(Buffer.from(files.weights).equals(readFileSync(model('model.safetensors')))).toBe(true);
    expect(files.config).toEqual(json('config.json'));
    const { config, parameterCounts, ...rest } = modelFromFiles(files);
    expect(config).toMatchObject({ sampleRateHz: 44_100, latentSize: 16 });
    expect(config.classNames).toHaveLength(13);
    expect(parameterCounts().generator).toBe(707_076);
    rest.dispose();
  });

  it('is stored in half precision, without the discriminator, and every value is finite', async () => {
    const { weights } = await readGenerator();
    expect(headerOf(weights).types).toEqual(['F16']);
    const { tensors } = fromSafetensors(weights);
    expect(Object.keys(tensors).filter((name) => name.startsWith('discriminator.'))).toEqual([]);
    for (const [name, { data }] of Object.entries(tensors)) expect(data.every(Number.isFinite), name).toBe(true);
  });

  it('says how it was made, and nothing of the machine that made it', async () => {
    const { metadata } = headerOf((await readGenerator()).weights);
    expect(metadata).toMatchObject({ format: 'cmcgan', licence: 'MIT', seed: '1', data: 'simulated musicians' });
    expect(metadata.dataHash).toMatch(/^[0-9a-f]{64}$/);
    expect(Number(metadata.steps)).toBeGreaterThan(0);
    expect(JSON.parse(metadata.versions)).toMatchObject({ tensorflowJs: '4.22.0' });
    expect(JSON.parse(metadata.options)).toMatchObject({
      preset: 'laptop',
      step: { spectralScales: 4, gradientPenalty: 0.1 },
      data: { pairsPerClass: 300 },
    });
    const { steps, options } = JSON.parse(metadata.startedFrom) as { steps: string; options: string };
    expect(Number(steps)).toBeGreaterThan(0);
    expect(JSON.parse(options)).toMatchObject({ step: { spectralScales: 4, gradientPenalty: 0 } });
    expect(JSON.stringify(metadata)).not.toMatch(/"\/|\\\/|[A-Z]:\\\\/);
  });
});

describe('the released classifiers', () => {
  it("have the generator's classes and dB range", async () => {
    const generator = (await readGenerator()).config as { classNames: string[]; decibelRange: object };
    const { image, sound } = await readClassifiers();
    for (const [files, modality] of [
      [image, 'V'],
      [sound, 'A'],
    ] as const) {
      const { classifier, provenance } = classifierFromFiles(files);
      expect(classifier.config).toMatchObject({ modality, classNames: generator.classNames });
      expect(provenance.data.decibelRange).toEqual(generator.decibelRange);
      expect(headerOf(files.weights)).toMatchObject({ types: ['F16'], metadata: { dataHash: provenance.data.manifestHash } });
      classifier.dispose();
    }
  });

  it('are the files in model/classifier, which their configurations were written with', async () => {
    const classifiers = await readClassifiers();
    for (const name of ['image', 'sound'] as const) {
      const { classifier } = await loadClassifier(model('classifier', name));
      expect(Buffer.from(classifiers[name].weights).equals(readFileSync(model('classifier', name, 'model.safetensors')))).toBe(
        true,
      );
      classifier.dispose();
    }
    expect(classifiers.pool).toEqual(json('classifier', 'pool.json'));
  });
});

describe('the package', () => {
  it('is at most 4 MB when packed', () => {
    const files = [here('../model'), here('generated')].flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name))),
    );
    expect(gzipSync(Buffer.concat(files)).length).toBeLessThan(MAX_BYTES - 100_000); // the rest: code, declarations and texts
  });

  it('shows the measured figures in its model card', () => {
    const text = readFileSync(here('../README.md'), 'utf8');
    expect(figuresIn(text)).toBe(describeFigures(json('figures.json') as never));
  });

  it('loses little by half precision', () => {
    const { images, sounds } = json('figures.json').halfPrecision as { images: number; sounds: number };
    expect([images, sounds].every((value) => value > 0 && value < 0.1)).toBe(true);
  });
});
