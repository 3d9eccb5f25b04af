import { createCmcgan } from '@cmcgan/model';
import { openDataset } from '@cmcgan/sub-urmp';
import { readGroundTruth, simulateDataset } from '@cmcgan/sub-urmp/simulator';
import { useWasmKernels, type WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { evaluate, figureGrid, FIGURES, generateSamples, onePairPerClass, trainJudges } from '../src/index';
import { temporaryFolder } from '../../../test/temporary-folder';

const folder = temporaryFolder('simulated');
let kernels: WasmKernels;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 2, variant: 'tile8' });
  await simulateDataset(folder, { seed: 1, pairsPerClass: 1, validationPairsPerClass: 1 });
});
afterAll(() => kernels.dispose());

it('evaluates on a data set of @cmcgan/sub-urmp as it is, pitch and loudness included', async () => {
  const data = await openDataset(folder);
  const truth = await readGroundTruth(folder);
  const judges = await trainJudges(data, { width: 1 / 32, steps: { V: 1, A: 1, VA: 1 } });
  const model = createCmcgan({ width: 1 / 32, latentSize: 4, discriminator: { hiddenUnits: 4 }, seed: 1 });
  const { models, audit, data: facts } = await evaluate({ models: [{ name: 'ours', model }], data, judges, truth });
  expect(facts).toMatchObject({ simulated: true, pairs: { train: 13, test: 13 } });
  expect(audit.map(({ level, about }) => `${level} ${about}`)).toContain('fine image judge');
  const { real } = models[0].groundTruth!.soundToImage!.pitch;
  const midi = data.splits.validation.map(({ id }) => truth.pairs.find((pair) => pair.id === id)!.midi);
  // Each class has one sample, so that shuffling within classes changes nothing and its error is that of the estimates.
  expect(real.shuffledWithinError).toBeCloseTo(real.error, 10);
  expect(real.error).toBeLessThanOrEqual(Math.max(...midi) - Math.min(...midi));
  judges.dispose();
  model.dispose();
});

it('a figure is a grid of samples: the true ones, then what each given model generates from them', async () => {
  const data = await openDataset(folder);
  const model = createCmcgan({ width: 1 / 32, latentSize: 4, discriminator: { hiddenUnits: 4 }, paths: 'two', seed: 1 });
  const pairs = onePairPerClass(data);
  const real = await Promise.all(pairs.map((pair) => data.load(pair)));
  const lcgan = await generateSamples(model, { data, pairs });
  const figure = FIGURES.find(({ id }) => id === 'fig3')!;
  const { images, sounds } = figureGrid(figure, { real, byVariant: { lcgan } });
  expect(images.map(({ label }) => label)).toEqual(['true image', 'LCGAN F (A→V, V→A)', 'LCGAN RF (V→A→V, A→V→A)']);
  expect(images.map(({ cells }) => cells.length)).toEqual([13, 13, 13]);
  expect(images[0].cells[3]).toBe(real[3].image);
  for (const { cells } of sounds) expect(cells[0]).toHaveLength(128 * 32);
  model.dispose();
});
