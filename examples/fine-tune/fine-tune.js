// Trains saved weights further on your own pairs:
//   node fine-tune.js runs/laptop my-pairs tuned
// my-pairs/img/{train,validation}/<class>/<name>.jpg lies beside my-pairs/chunk/{train,validation}/<class>/<name>.wav, half a second each.
import { loadModel, saveModel } from '@cmcgan/model/node';
import { openDataset } from '@cmcgan/sub-urmp';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { train } from '@cmcgan/training/node';

const [weights, pairs, out] = process.argv.slice(2);
if (!out) throw new Error('usage: node fine-tune.js <weights> <pairs> <folder for the new weights>');

await useWasmKernels({ variant: 'repeatable' }); // TensorFlow.js trains on all cores, and every start rounds in the same way
const model = await loadModel(weights); // a folder written by saveModel, a checkpoint, or a run of the trainer
// Sounds use the dB range that the weights were trained with, so that their values mean the same to the networks.
const data = await openDataset(pairs, { decibelRange: model.config.decibelRange, onWarning: console.warn });
console.log(`${data.splits.train.length} pairs of ${data.classNames.join(', ')}`);

const progress = {
  afterStep: (run, { step }, { losses }) =>
    console.log(`step ${step} of ${run.totalSteps}: ${losses.generator.total.toFixed(3)}`),
};
await train({
  model,
  data,
  seed: 1,
  epochs: 3,
  batchSize: 8,
  optimizers: { generator: { learningRate: 1e-4 }, discriminator: { learningRate: 1e-4 } }, // a tenth of the rates for a new network
  averageDecay: 0.9, // saves an average of the last steps' weights, which varies less than those of a single step
  observers: [progress],
  checkpoints: { folder: `${out}/checkpoints`, resume: true }, // if it is killed, start it again: it resumes
});
await saveModel(model, out); // loadModel(out) reads it, and so do the other examples
console.log(`${out} written`);
