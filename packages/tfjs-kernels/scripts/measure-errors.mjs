// Measures the error of convolutions against double precision at the layer shapes of a GAN's encoder (kernel 5, stride 2), where minimal
// filtering is used: `node scripts/measure-errors.mjs [--batch 16] [--threads 2] [--variant auto] [--samples 2000]`, after a build. Values and
// weights are normally distributed; errors of randomly chosen results are divided by the root mean square of all of the pass.
import { parseArgs } from 'node:util';
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { useWasmKernels } from '../dist/wasm.js';

const LAYERS = [
  [64, 64, 128],
  [32, 128, 256],
  [16, 256, 512],
  [8, 512, 512],
];
const ATTRS = { strides: 2, pad: 'same', dataFormat: 'NHWC' };
const KERNEL = 5;

const { values } = parseArgs({
  options: {
    batch: { type: 'string', default: '16' },
    threads: { type: 'string', default: '2' },
    variant: { type: 'string', default: 'auto' },
    samples: { type: 'string', default: '2000' },
  },
});
const [batch, samples] = [Number(values.batch), Number(values.samples)];
const random = (end) => Math.floor(Math.random() * end);
const rootMeanSquare = (array) => Math.sqrt(array.reduce((sum, value) => sum + value * value, 0) / array.length);

/** Calls `visit(input, weight, output)` with the indices of pixels and taps that meet along one axis. */
function meetings(size, visit) {
  const outputs = size / 2;
  for (let o = 0; o < outputs; o++) {
    for (let k = 0; k < KERNEL; k++) {
      const i = 2 * o + k - 1;
      if (i >= 0 && i < size) visit(i, k, o);
    }
  }
}

/** The pairs that meet along an axis, grouped by inputs, weights or outputs. */
function tableOf(size, asked) {
  const table = new Map();
  meetings(size, (i, k, o) => {
    const key = { i, k, o }[asked];
    table.set(key, [...(table.get(key) ?? []), { i, k, o }]);
  });
  return table;
}

function sampleErrors(size, ci, co, { x, filter, dy }, result, pass) {
  const asked = { forward: 'o', inputGradient: 'i', filterGradient: 'k' }[pass];
  const table = tableOf(size, asked);
  const length = { o: size / 2, i: size, k: KERNEL }[asked];
  const scale = rootMeanSquare(result);
  const X = (b, y, z, c) => x[((b * size + y) * size + z) * ci + c];
  const F = (ky, kx, i, o) => filter[((ky * KERNEL + kx) * ci + i) * co + o];
  const D = (b, y, z, c) => dy[((b * (size / 2) + y) * (size / 2) + z) * co + c];
  const errors = Array.from({ length: samples }, () => {
    const [b, y, z, i, o] = [random(batch), random(length), random(length), random(ci), random(co)];
    let sum = 0;
    for (const v of table.get(y) ?? []) {
      for (const h of table.get(z) ?? []) {
        if (pass === 'forward') for (let c = 0; c < ci; c++) sum += X(b, v.i, h.i, c) * F(v.k, h.k, c, o);
        else if (pass === 'inputGradient') for (let c = 0; c < co; c++) sum += D(b, v.o, h.o, c) * F(v.k, h.k, i, c);
        else for (let n = 0; n < batch; n++) sum += X(n, v.i, h.i, i) * D(n, v.o, h.o, o);
      }
    }
    const index = { forward: ((b * length + y) * length + z) * co + o, inputGradient: ((b * length + y) * length + z) * ci + i };
    const at = index[pass] ?? ((y * KERNEL + z) * ci + i) * co + o;
    return (result[at] - sum) / scale;
  });
  return `${rootMeanSquare(errors).toExponential(1)} (at most ${Math.max(...errors.map(Math.abs)).toExponential(1)})`;
}

const kernels = await useWasmKernels({ threads: Number(values.threads), variant: values.variant });
console.log(`Node ${process.versions.node}, ${kernels.variant}, batch ${batch}`);
for (const [size, ci, co] of LAYERS) {
  const x = tf.randomNormal([batch, size, size, ci]);
  const filter = tf.randomNormal([KERNEL, KERNEL, ci, co]);
  const dy = tf.randomNormal([batch, size / 2, size / 2, co]);
  const operands = { x: x.dataSync(), filter: filter.dataSync(), dy: dy.dataSync() };
  const results = {
    forward: tf.engine().runKernel('Conv2D', { x, filter }, { ...ATTRS, dilations: 1 }),
    inputGradient: tf.engine().runKernel('Conv2DBackpropInput', { dy, filter }, { ...ATTRS, inputShape: x.shape }),
    filterGradient: tf.engine().runKernel('Conv2DBackpropFilter', { x, dy }, { ...ATTRS, filterShape: filter.shape }),
  };
  const cells = Object.entries(results).map(
    ([pass, result]) => `${pass} ${sampleErrors(size, ci, co, operands, result.dataSync(), pass)}`,
  );
  console.log(`${size}x${size} ${ci}->${co}`.padEnd(16), cells.join(' | '));
  tf.dispose([x, filter, dy, ...Object.values(results)]);
}
await kernels.dispose();
