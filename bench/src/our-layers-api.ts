import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type * as Core from '@tensorflow/tfjs-core';
import type * as Layers from '@tensorflow/tfjs-layers';
import { serveLaps } from './serve-laps';

/** The part of the timed package's API that is used; the same in older versions. */
interface Kernels {
  useWasmKernels(options: { threads: number; variant: 'repeatable' }): Promise<unknown>;
}

const BATCH = 32;

/**
 * A contestant: training steps of a small network, written as in TensorFlow.js' own tutorials. `--kernels` is the folder of the package to
 * train with, whose TensorFlow.js is used too; `--stock` leaves out its kernels.
 */
async function main() {
  const { values } = parseArgs({
    options: {
      network: { type: 'string', default: 'cnn' },
      steps: { type: 'string', default: '1' },
      threads: { type: 'string', default: '1' },
      kernels: { type: 'string', default: '' },
      stock: { type: 'boolean', default: false },
    },
  });
  const { resolve } = createRequire(join(values.kernels, 'package.json'));
  const load = async <T>(file: string) => (await import(pathToFileURL(file).href)) as T;
  const tf = await load<typeof Core>(resolve('@tensorflow/tfjs-core'));
  const layers = await load<typeof Layers>(resolve('@tensorflow/tfjs-layers'));
  tf.enableProdMode();
  if (values.stock) {
    await load(resolve('@tensorflow/tfjs-backend-wasm'));
    await tf.setBackend('wasm');
  } else {
    const { useWasmKernels } = await load<Kernels>(join(values.kernels, 'dist', 'wasm.js'));
    await useWasmKernels({ threads: Number(values.threads), variant: 'repeatable' });
  }
  const model = NETWORKS[values.network]!(layers);
  model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy' });
  const x = tf.randomNormal([BATCH, ...(model.inputs[0]!.shape.slice(1) as number[])]);
  const y = tf.oneHot(tf.mod(tf.range(0, BATCH, 1, 'int32'), tf.scalar(10, 'int32')), 10);
  await model.trainOnBatch(x, y); // fails here if this backend cannot train the network
  const repetitions = Number(values.steps);
  await serveLaps(values.stock ? 'stock wasm' : 'wasm', () => model.trainOnBatch(x, y), { repetitions });
}

type Network = (tfl: typeof Layers) => Layers.Sequential;

const NETWORKS: Record<string, Network> = {
  cnn: ({ layers, sequential }) =>
    sequential({
      layers: [
        layers.conv2d({ inputShape: [28, 28, 1], filters: 32, kernelSize: 3, activation: 'relu' }),
        layers.conv2d({ filters: 64, kernelSize: 3, activation: 'relu' }),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.flatten(),
        layers.dense({ units: 128, activation: 'relu' }),
        layers.dense({ units: 10, activation: 'softmax' }),
      ],
    }),
  mlp: ({ layers, sequential }) =>
    sequential({
      layers: [
        layers.dense({ inputShape: [784], units: 256, activation: 'relu' }),
        layers.dense({ units: 256, activation: 'relu' }),
        layers.dense({ units: 10, activation: 'softmax' }),
      ],
    }),
  lstm: ({ layers, sequential }) =>
    sequential({
      layers: [
        layers.lstm({ inputShape: [16, 32], units: 64, recurrentInitializer: 'glorotUniform' }),
        layers.dense({ units: 10, activation: 'softmax' }),
      ],
    }),
};

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
