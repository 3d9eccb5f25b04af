// Trains on 20 pairs, is killed midway and resumes bit for bit, fine-tunes the saved model, and judges its generated pictures.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { evaluate, trainJudges } from '@cmcgan/evaluation';
import { createCmcgan } from '@cmcgan/model';
import { loadModel, saveModel } from '@cmcgan/model/node';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { findIntactCheckpoint, train } from '@cmcgan/training/node';

// Dark pictures with low sounds and bright pictures with high ones; no two are alike.
const classNames = ['low', 'high'];
const all = Array.from({ length: 28 }, (_, i) => ({ id: `pair ${i}`, classId: i % 2, instrument: classNames[i % 2], song: i }));
const data = {
  classNames,
  manifestHash: 'twenty pairs',
  decibelRange: { floorDb: -60, ceilingDb: 20 },
  splits: { train: all.slice(0, 20), validation: all.slice(20) },
  load: async ({ classId, song }: (typeof all)[number]) => ({
    image: new Float32Array(128 * 128 * 3).fill(classId - 0.5 + song / 100),
    sound: new Float32Array(128 * 32).fill(-0.9).fill(0.5 + song / 100, classId * 2048, (classId + 1) * 2048), // half of the mels
  }),
};

/**
 * Trains a new network, or resumes, with checkpoints in a folder; resolves to the bytes of the final weights file. May be killed at a step, or at a
 * later one, as soon as a checkpoint is on the disk, where it is written while training goes on.
 */
async function trainIn(folder: string, killAtStep = Infinity): Promise<Buffer> {
  let saved = false;
  const afterCheckpoint = () => void (saved = true);
  const afterStep = (_run: unknown, { step }: { step: number }) =>
    void (saved && step >= killAtStep && process.kill(process.pid, 'SIGKILL'));
  const checkpoints = { folder: `${folder}/checkpoints`, resume: true };
  const model = createCmcgan({ width: 1 / 32, seed: 1 });
  await train({ model, data, seed: 1, epochs: 3, batchSize: 4, checkpoints, observers: [{ afterStep, afterCheckpoint }] });
  return readFileSync(`${folder}/checkpoints/last/model.safetensors`);
}

async function main() {
  await useWasmKernels({ variant: 'repeatable' }); // the same rounding in every process
  if (process.argv[2] === 'be-killed') return void (await trainIn('killed', 8)); // an epoch is five steps
  const { signal, stderr } = spawnSync(process.execPath, [process.argv[1], 'be-killed'], { encoding: 'utf8' });
  if (signal !== 'SIGKILL') throw new Error(`the training must have been killed, got ${signal} and ${stderr}`);
  const saved = await findIntactCheckpoint('killed/checkpoints', console.warn);
  const step = saved?.training.step;
  if (step !== 5 && step !== 10) throw new Error(`its first epoch, or its second, must be saved, got step ${step}`);
  if (!(await trainIn('whole')).equals(await trainIn('killed'))) throw new Error('a resumed run must end with the same weights');

  const model = await loadModel('whole');
  const optimizers = { generator: { learningRate: 1e-4 }, discriminator: { learningRate: 1e-4 } };
  await train({ model, data, seed: 2, epochs: 2, batchSize: 4, optimizers });
  await saveModel(model, 'tuned');

  const tuned = await loadModel('tuned');
  const judges = await trainJudges(data, { width: 1 / 32, steps: { V: 30, A: 30, VA: 30 } });
  const { judge, models } = await evaluate({ models: [{ name: 'tuned', model: tuned }], data, judges });
  const { accuracy, n } = judge.real.test.A;
  if (accuracy !== 1 || n !== 8) throw new Error(`the judge must recognise all 8 real sounds, got ${accuracy} of ${n}`);
  const { test } = models[0].table1.soundToImage;
  console.log(`resumed to the bit, fine-tuned; ${test?.correct} of ${test?.n} generated pictures recognised`);
}

void main(); // an error ends the process with exit code 1
