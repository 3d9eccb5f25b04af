import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWav } from '@cmcgan/audio-features';
import { encodeJpeg, type Picture } from '@cmcgan/image-io';
import { resolveOptions } from '../src/options/resolve-options';
import type { RunConfig } from '../src/run/run-config';
import { SAMPLE_FOLDERS } from '../src/samples/sample-folders';

const config = (folder: string): RunConfig => ({
  options: resolveOptions({ preset: 'laptop', out: folder, lambda: '3', epochs: '4' }, '/'),
  data: {
    folder: '/data/<pairs & more>',
    manifestHash: 'ab'.repeat(32),
    simulated: false,
    classNames: ['double_bass', 'violin'],
    pairs: { train: 48, validation: 8 },
    decibelRange: { floorDb: -62, ceilingDb: 18 },
  },
  backend: 'wasm, 2 threads',
  parameters: { encoderV: 1, encoderA: 2, decoderV: 3, decoderA: 4, generator: 10, discriminator: 5, total: 1_500_000 },
  environment: {
    ...{ trainer: '0.0.0', node: 'v20.0.0', tensorflowJs: '4.22.0', platform: 'linux-x64', processor: 'a processor', cores: 2 },
    gitCommit: null,
  },
  startedAt: '2026-01-02T03:04:05.000Z',
});

/** A picture of one colour. */
const plain = (width: number, height: number, level: number): Picture => ({
  pixels: new Uint8Array(width * height * 3).fill(level),
  width,
  height,
});

/** Half a second of one tone. */
const tone = (hz: number) =>
  writeWav({
    samples: Float32Array.from({ length: 22050 }, (_, index) => 0.3 * Math.sin((2 * Math.PI * hz * index) / 44100)),
    sampleRateHz: 44100,
  });

const stepLine = (step: number) => ({
  step,
  epoch: Math.ceil(step / 3),
  discriminator: { total: 2.7 / step, wrong: 1.4 / step, fake: 1.3 / step },
  generator: { total: 20 / step, adversarial: 1 + step / 10, consistency: 5 / step },
  ...{ stepMs: 500, pairsPerSecond: 32, residentBytes: 400 * 2 ** 20 },
});

/** Stores what a run of two of its four epochs leaves behind, three steps each: everything but checkpoints. */
export async function storeTinyRun(folder: string): Promise<void> {
  const samples = (name: keyof typeof SAMPLE_FOLDERS) => join(folder, 'samples', SAMPLE_FOLDERS[name]);
  for (const name of Object.keys(SAMPLE_FOLDERS) as (keyof typeof SAMPLE_FOLDERS)[])
    await mkdir(samples(name), { recursive: true });
  await writeFile(join(folder, 'config.json'), JSON.stringify(config(folder)));
  const steps = Array.from({ length: 6 }, (_, index) => `${JSON.stringify(stepLine(index + 1))}\n`);
  await writeFile(join(folder, 'log.jsonl'), steps.join(''));
  for (const epoch of [1, 2]) {
    for (const direction of ['soundToImage', 'imageToSound'] as const) {
      await writeFile(join(samples(direction), `epoch-00${epoch}.jpg`), await encodeJpeg(plain(200, 80, 60 * epoch)));
    }
    await writeFile(join(samples('sounds'), `epoch-00${epoch}-double_bass.wav`), tone(110 * epoch));
  }
  await writeFile(join(samples('trueSounds'), 'double_bass.wav'), tone(110));
}
