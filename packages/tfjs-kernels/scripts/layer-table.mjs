// Times a training step of each layer and each optimiser of TensorFlow.js, on the stock wasm backend and on these kernels, and prints
// the README's table: `node scripts/layer-table.mjs [--threads 2] [--rounds 15]`, after a build. Milliseconds are medians; the two
// alternate, layer by layer.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';

const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '15' },
    side: { type: 'string', default: '' },
  },
});
const BATCH = 16;
const picture = [32, 32, 32];
const sequence = [32, 32];

/** The default is orthogonal, which needs more than tfjs-core and tfjs-layers on the stock backend. */
const recurrentInitializer = 'glorotUniform';

/** By name in the table: the layer, and the shape of a sample. */
const LAYERS = {
  'dense, 512 units': [() => layers.dense({ units: 512, activation: 'relu' }), [512]],
  'conv2d, 3×3': [() => layers.conv2d({ filters: 32, kernelSize: 3, activation: 'relu' }), picture],
  'conv2d, 1×1': [() => layers.conv2d({ filters: 64, kernelSize: 1, activation: 'relu' }), picture],
  'conv2d, 3×3, one channel': [() => layers.conv2d({ filters: 32, kernelSize: 3, activation: 'relu' }), [32, 32, 1]],
  'conv2d, 5×5, stride 2': [() => layers.conv2d({ filters: 64, kernelSize: 5, strides: 2, padding: 'same' }), picture],
  'conv2dTranspose, 5×5, stride 2': [
    () => layers.conv2dTranspose({ filters: 16, kernelSize: 5, strides: 2, padding: 'same' }),
    picture,
  ],
  'separableConv2d, 3×3': [() => layers.separableConv2d({ filters: 32, kernelSize: 3 }), picture],
  'depthwiseConv2d, 3×3': [() => layers.depthwiseConv2d({ kernelSize: 3 }), picture],
  'conv1d, 5': [() => layers.conv1d({ filters: 64, kernelSize: 5, activation: 'relu' }), [256, 32]],
  'maxPooling2d, 2×2': [() => layers.maxPooling2d({ poolSize: 2 }), picture],
  'averagePooling2d, 2×2': [() => layers.averagePooling2d({ poolSize: 2 }), picture],
  batchNormalization: [() => layers.batchNormalization({}), picture],
  layerNormalization: [() => layers.layerNormalization({}), sequence],
  'lstm, 64 units': [() => layers.lstm({ units: 64, recurrentInitializer }), sequence],
  'gru, 64 units': [() => layers.gru({ units: 64, recurrentInitializer }), sequence],
  'simpleRNN, 64 units': [() => layers.simpleRNN({ units: 64, recurrentInitializer }), sequence],
  'embedding, 1000 words': [() => layers.embedding({ inputDim: 1000, outputDim: 64 }), [32]],
};
const OPTIMIZERS = ['sgd', 'momentum', 'adam', 'rmsprop', 'adagrad', 'adamax', 'adadelta'];

const optimizerOf = (name) =>
  name === 'momentum' ? tf.train.momentum(0.01, 0.9) : name === 'adagrad' ? tf.train.adagrad(0.01) : name;

/** A training step of a network of the layer and a dense one. */
function layerStep(name) {
  const [make, shape] = LAYERS[name];
  const isEmbedding = name.startsWith('embedding');
  const first = isEmbedding ? make() : layers.activation({ activation: 'linear', inputShape: shape });
  if (isEmbedding) first.batchInputShape = [null, ...shape];
  const rest = isEmbedding ? [] : [make()];
  const model = sequential({ layers: [first, ...rest] });
  if (model.outputShape.length > 2) model.add(layers.flatten());
  model.add(layers.dense({ units: 4 }));
  return stepOf(
    model,
    'sgd',
    isEmbedding ? tf.randomUniform([BATCH, ...shape], 0, 1000, 'int32') : tf.randomNormal([BATCH, ...shape]),
  );
}

function optimizerStep(name) {
  const model = sequential({ layers: [layers.dense({ units: 1024, inputShape: [512] }), layers.dense({ units: 4 })] });
  return stepOf(model, optimizerOf(name), tf.randomNormal([1, 512]));
}

function stepOf(model, optimizer, x) {
  model.compile({ optimizer, loss: 'meanSquaredError' });
  const y = tf.randomNormal([x.shape[0], 4]);
  return () => model.trainOnBatch(x, y);
}

/** One contestant: answers a name with the milliseconds of one step, not counting the first, or with the reason why it cannot. */
async function serve(side) {
  tf.enableProdMode();
  if (side === 'ours') {
    const { useWasmKernels } = await import('../dist/wasm.js');
    await useWasmKernels({ threads: Number(values.threads) });
  } else {
    await import('@tensorflow/tfjs-backend-wasm');
    await tf.setBackend('wasm');
  }
  const steps = new Map();
  process.on('message', async (name) => {
    try {
      if (!steps.has(name)) steps.set(name, name in LAYERS ? layerStep(name) : optimizerStep(name));
      const start = performance.now();
      await steps.get(name)();
      process.send({ milliseconds: performance.now() - start });
    } catch (error) {
      process.send({ error: error.message });
    }
  });
  process.send({ ready: true });
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

async function compare() {
  const rounds = Number(values.rounds);
  const start = async (side) => {
    const child = fork(fileURLToPath(import.meta.url), ['--side', side, '--threads', values.threads]);
    await once(child, 'message');
    return async (name) => {
      child.send(name);
      return (await once(child, 'message'))[0];
    };
  };
  const sides = [await start('stock'), await start('ours')];
  const rows = [];
  for (const name of [...Object.keys(LAYERS), ...OPTIMIZERS]) {
    const times = [[], []];
    const errors = [undefined, undefined];
    for (let round = 0; round < rounds + 3; round++) {
      for (const [i, ask] of sides.entries()) {
        if (errors[i]) continue;
        const { milliseconds, error } = await ask(name);
        errors[i] = error;
        if (round >= 3) times[i].push(milliseconds);
      }
    }
    const [stock, ours] = times.map((list, i) => (errors[i] ? undefined : median(list)));
    const cell = (ms) => (ms === undefined ? 'throws' : ms.toFixed(1));
    rows.push([name, cell(stock), cell(ours), stock && ours ? `${(stock / ours).toFixed(1)}×` : '']);
  }
  console.log(`Node ${process.versions.node}, ${values.threads} threads, milliseconds of a training step\n`);
  console.log('| layer or optimiser | stock wasm | here | |\n| --- | --: | --: | --: |');
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
  process.exit(0);
}

await (values.side ? serve(values.side) : compare());
