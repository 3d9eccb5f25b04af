import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataset } from '@cmcgan/sub-urmp';
import { simulateDataset } from '@cmcgan/sub-urmp/simulator';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import type { WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { trainJudge } from '../src/index';

let kernels: WasmKernels;
let folder: string;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 2, variant: 'tile8' });
  folder = mkdtempSync(join(tmpdir(), 'cmcgan-simulated-'));
  await simulateDataset(folder, { seed: 1, pairsPerClass: 6, validationPairsPerClass: 2 });
});
afterAll(async () => {
  await kernels.dispose();
  rmSync(folder, { recursive: true });
});

it('a judge of simulated musicians knows songs that it was not trained on', { timeout: 600_000 }, async () => {
  const data = await openDataset(folder);
  const { train, validation } = data.splits;
  const schedule = { seed: 1, width: 1 / 16, steps: { V: 80, A: 160 }, learningRate: 3e-3 };
  const judge = await trainJudge({ data, pairs: train, validationPairs: validation, ...schedule });
  for (const modality of ['V', 'A'] as const) {
    const { accuracy, n } = judge[modality].provenance.validation!;
    expect(n).toBe(26);
    expect(accuracy, modality).toBeGreaterThan(0.35); // chance is 1 / 13
  }
});
