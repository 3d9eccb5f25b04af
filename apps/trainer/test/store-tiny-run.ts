import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWav } from '@cmcgan/audio-features';
import { encodeJpeg } from '@cmcgan/image-io';
import { WAYS } from '@cmcgan/model';
import { resolveOptions } from '../src/options/resolve-options';
import type { TrainerRunConfig } from '../src/run/trainer-run';
import { SAMPLE_FOLDERS } from '../src/samples/sample-folders';
import { imageToSoundGrid, soundToImageGrid } from '../src/samples/sample-grids';

const config = (folder: string, classNames: string[]): TrainerRunConfig => ({
  options: resolveOptions({ preset: 'laptop', out: folder, lambda: '3', epochs: '4' }, '/'),
  data: {
    folder: '/data/<pairs & more>',
    manifestHash: 'ab'.repeat(32),
    simulated: false,
    classNames,
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

/** A grid with plain cells: one shade per instrument, the generated ones brighter with each epoch. */
function plainGrid(direction: 'soundToImage' | 'imageToSound', classNames: readonly string[], epoch: number) {
  const shade = (size: number, level: number) => new Float32Array(size).fill(level);
  const pairs = classNames.map((instrument, index) => {
    const level = index / classNames.length - 0.5;
    const [image, sound] = [shade(128 * 128 * 3, level), shade(128 * 32, level)];
    const [madeImage, madeSound] = [shade(128 * 128 * 3, -1 + 0.4 * epoch), shade(128 * 32, -1 + 0.4 * epoch)];
    return { instrument, truth: { image, sound }, generated: { AAV: madeImage, AV: madeImage, VVA: madeSound, VA: madeSound } };
  });
  const ways = WAYS.filter(({ from }) => from === (direction === 'soundToImage' ? 'A' : 'V'));
  return (direction === 'soundToImage' ? soundToImageGrid : imageToSoundGrid)(pairs, ways);
}

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

/** Stores a judge's scores, with its accuracy on real samples: judging.json with 60 of 100 pictures and 48 of 100 sounds recognised. */
export async function storeJudgment(folder: string, heldPairs = 0): Promise<void> {
  const of = (correct: number, interval: [number, number]) => ({ accuracy: correct / 100, correct, n: 100, interval });
  const best = { step: 3, epoch: 1, score: 0.54, soundToImage: of(60, [0.502, 0.691]), imageToSound: of(48, [0.385, 0.577]) };
  const last = { step: 6, epoch: 2, score: 0.4, soundToImage: of(40, [0.309, 0.498]), imageToSound: of(40, [0.309, 0.498]) };
  const pairs = {
    source: 'held',
    reason: 'songs',
    ids: [],
    heldIds: Array.from({ length: heldPairs }, (_, index) => `held ${index}`),
  };
  const content = { judge: 'trained', everyEpochs: 1, pairs, best, scores: [best, last], collapsed: null };
  await writeFile(join(folder, 'judging.json'), JSON.stringify(content));
  const log = join(folder, 'log.jsonl');
  const lines = (await readFile(log, 'utf8')).trim().split('\n');
  for (const { step, soundToImage, imageToSound } of [last, best]) {
    const judge = { soundToImage: soundToImage.accuracy, imageToSound: imageToSound.accuracy, n: 100, best: step === 3 };
    lines.splice(step, 0, JSON.stringify({ step, judge })); // after the step that was scored
  }
  await writeFile(log, `${lines.join('\n')}\n`);
  for (const [part, correct] of Object.entries({ image: 97, sound: 88 })) {
    await mkdir(join(folder, 'judge', part), { recursive: true });
    const provenance = { validation: of(correct, [0, 1]) };
    await writeFile(join(folder, 'judge', part, 'config.json'), JSON.stringify({ format: 1, provenance }));
  }
}

/** Stores the files of a run that has done two of its four epochs, of three steps each, without checkpoints. */
export async function storeTinyRun(folder: string, classNames: string[] = ['double_bass', 'violin']): Promise<void> {
  const samples = (name: keyof typeof SAMPLE_FOLDERS) => join(folder, 'samples', SAMPLE_FOLDERS[name]);
  for (const name of Object.keys(SAMPLE_FOLDERS) as (keyof typeof SAMPLE_FOLDERS)[])
    await mkdir(samples(name), { recursive: true });
  await writeFile(join(folder, 'config.json'), JSON.stringify(config(folder, classNames)));
  const steps = Array.from({ length: 6 }, (_, index) => `${JSON.stringify(stepLine(index + 1))}\n`);
  await writeFile(join(folder, 'log.jsonl'), steps.join(''));
  for (const epoch of [1, 2]) {
    for (const direction of ['soundToImage', 'imageToSound'] as const) {
      await writeFile(
        join(samples(direction), `epoch-00${epoch}.jpg`),
        await encodeJpeg(await plainGrid(direction, classNames, epoch)),
      );
    }
    await writeFile(join(samples('sounds'), `epoch-00${epoch}-double_bass.wav`), tone(110 * epoch));
  }
  await writeFile(join(samples('trueSounds'), 'double_bass.wav'), tone(110));
  for (const pair of [1, 2]) {
    for (const [index, what] of ['true', 'VVA', 'VA'].entries()) {
      await writeFile(join(samples('listening'), `double_bass-${pair}-${what}.wav`), tone(110 * pair + 10 * index));
    }
  }
}
