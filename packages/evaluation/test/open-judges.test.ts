import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useWasmKernels, type WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EvaluationData } from '../src/index';
import { loadJudges, openJudges } from '../src/node';
import { temporaryFolder } from '../../../test/temporary-folder';
import { twoTones } from './two-tones';

const root = temporaryFolder('judges');
const schedule = { seed: 1, width: 1 / 32, steps: { V: 1, A: 1, VA: 1 } };
const data = twoTones({ train: 4, validation: 2 });

let kernels: WasmKernels;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 1 });
});
afterAll(() => kernels.dispose());

/** Opens judges and disposes of them; resolves to their origin, what was trained, and the notes. */
async function open(folder: string, from: EvaluationData = data, changed: object = {}) {
  const tasks = new Set<string>();
  const notes: string[] = [];
  const onProgress = ({ task }: { task: string }) => tasks.add(task);
  const onNote = (note: string) => notes.push(note);
  const judges = await openJudges(folder, from, { ...schedule, ...changed, onProgress, onNote });
  judges.dispose();
  return { origin: judges.origin, tasks: [...tasks], notes };
}

describe('openJudges', () => {
  it('trains what the folder lacks and loads the rest, leaving no tensor behind', async () => {
    const folder = join(root, 'kept');
    const before = memory().numTensors;
    expect((await open(folder)).origin).toBe('trained');
    expect(await open(folder)).toEqual({ origin: 'cached', tasks: [], notes: [] });
    rmSync(join(folder, 'image'), { recursive: true });
    expect(await open(folder)).toEqual({ origin: 'trained', tasks: ['training the image judge'], notes: [] });
    expect(memory().numTensors).toBe(before);
  });

  it('saves each judge as soon as it is trained, and leaves no tensor behind if a later one fails', async () => {
    const folder = join(root, 'stopped');
    const before = memory().numTensors;
    const onProgress = ({ task }: { task: string }) => {
      if (task.includes('image-and-sound')) throw new Error('stopped');
    };
    await expect(openJudges(folder, data, { ...schedule, onProgress })).rejects.toThrow('stopped');
    expect(memory().numTensors).toBe(before);
    expect(existsSync(join(folder, 'sound/model.safetensors'))).toBe(true);
    expect((await open(folder)).tasks).toEqual(['training the image-and-sound classifier']);
  });

  it('trains a damaged judge again, says why, and leaves the others as they are', async () => {
    const folder = join(root, 'damaged');
    await open(folder);
    const kept = readFileSync(join(folder, 'sound/model.safetensors'));
    writeFileSync(join(folder, 'both/model.safetensors'), 'cut short');
    const { tasks, notes } = await open(folder);
    expect(tasks).toEqual(['training the image-and-sound classifier']);
    expect(notes).toEqual([
      expect.stringMatching(/^The image-and-sound classifier in .*both has to be trained again: .*SHA-256 differs/),
    ]);
    expect(readFileSync(join(folder, 'sound/model.safetensors'))).toEqual(kept);
  });

  it.each([
    ['another seed', data, { seed: 2 }],
    ['another width', data, { width: 1 / 64 }],
    ['other steps', data, { steps: { V: 2, A: 2, VA: 2 } }],
    ['other data', { ...data, manifestHash: 'other' }, {}],
    ['another dB range', { ...data, decibelRange: { floorDb: -50, ceilingDb: 0 } }, {}],
  ])('trains all of them again for %s', async (name, from, changed) => {
    const folder = join(root, name.replaceAll(' ', '-'));
    await open(folder);
    const { tasks, notes } = await open(folder, from, changed);
    expect(tasks).toHaveLength(3);
    expect(notes).toHaveLength(3);
    expect(notes[0]).toMatch(/^The image judge in .* was trained on other data or with other settings; training a new one\.$/);
  });
});

describe('loadJudges', () => {
  it('loads the judges that were trained, and names the file that is missing', async () => {
    const folder = join(root, 'loaded');
    await open(folder);
    const judges = await loadJudges(folder);
    expect([judges.classNames, judges.VA.classifier.config.modality]).toEqual([['high', 'low'], 'VA']);
    judges.dispose();
    rmSync(join(folder, 'sound/config.json'));
    const before = memory().numTensors;
    await expect(loadJudges(folder)).rejects.toThrow(/sound\/config\.json/);
    expect(memory().numTensors).toBe(before);
  });
});
