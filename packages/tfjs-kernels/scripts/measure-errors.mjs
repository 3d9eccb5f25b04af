// Measures the error of convolutions against double precision at the layer shapes of a GAN's encoder (kernel 5, stride 2) and of a
// classifier (kernel 3), where minimal filtering is used: `node scripts/measure-errors.mjs [--batch 16] [--threads 2] [--variant auto] [--samples 2000]`, after a build. Values and
// weights are normally distributed; errors of randomly chosen results are divided by the root mean square of all of the pass.
import { parseArgs } from 'node:util';
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { useWasmKernels } from '../dist/wasm.js';

/** Height and width, input and output channels, kernel, stride. */
const LAYERS = [
  [64, 64, 128, 5, 2],
  [32, 128, 256, 5, 2],
  [16, 256, 512, 5, 2],
  [8, 512, 512, 5, 2],
  [56, 64, 64, 3, 1],
  [28, 128, 128, 3, 1],
  [14, 256, 256, 3, 1],
];

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
function meetings([size, , , kernel, stride], visit) {
  for (let o = 0; o < size / stride; o++) {
    for (let k = 0; k < kernel; k++) {
      const i = stride * o + k - 1;
      if (i >= 0 && i < size) visit(i, k, o);
    }
  }
}

/** The pairs that meet along an axis, grouped by inputs, weights or outputs. */
function tableOf(layer, asked) {
  const table = new Map();
  meetings(layer, (i, k, o) => {
    const key = { i, k, o }[asked];
    table.set(key, [...(table.get(key) ?? []), { i, k, o }]);
  });
  return table;
}

function sampleErrors(layer, { x, filter, dy }, result, pass) {
  const [size, ci, co, kernel, stride] = layer;
  const outputs = size / stride;
  const asked = { forward: 'o', inputGradient: 'i', filterGradient: 'k' }[pass];
  const table = tableOf(layer, asked);
  const length = { o: outputs, i: size, k: kernel }[asked];
  const scale = rootMeanSquare(result);
  const X = (b, y, z, c) => x[((b * size + y) * size + z) * ci + c];
  const F = (ky, kx, i, o) => filter[((ky * kernel + kx) * ci + i) * co + o];
  const D = (b, y, z, c) => dy[((b * outputs + y) * outputs + z) * co + c];
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
    const at = index[pass] ?? ((y * kernel + z) * ci + i) * co + o;
    return (result[at] - sum) / scale;
  });
  return `${rootMeanSquare(errors).toExponential(1)} (at most ${Math.max(...errors.map(Math.abs)).toExponential(1)})`;
}

const kernels = await useWasmKernels({ threads: Number(values.threads), variant: values.variant });
console.log(`Node ${process.versions.node}, ${kernels.variant}, batch ${batch}`);
for (const layer of LAYERS) {
  const [size, ci, co, kernel, strides] = layer;
  const attrs = { strides, pad: 'same', dataFormat: 'NHWC' };
  const x = tf.randomNormal([batch, size, size, ci]);
  const filter = tf.randomNormal([kernel, kernel, ci, co]);
  const dy = tf.randomNormal([batch, size / strides, size / strides, co]);
  const operands = { x: x.dataSync(), filter: filter.dataSync(), dy: dy.dataSync() };
  const results = {
    forward: tf.engine().runKernel('Conv2D', { x, filter }, { ...attrs, dilations: 1 }),
    inputGradient: tf.engine().runKernel('Conv2DBackpropInput', { dy, filter }, { ...attrs, inputShape: x.shape }),
    filterGradient: tf.engine().runKernel('Conv2DBackpropFilter', { x, dy }, { ...attrs, filterShape: filter.shape }),
  };
  const cells = Object.entries(results).map(
    ([pass, result]) => `${pass} ${sampleErrors(layer, operands, result.dataSync(), pass)}`,
  );
  console.log(`${kernel}x${kernel}, ${size}x${size} ${ci}->${co}`.padEnd(21), cells.join(' | '));
  tf.dispose([x, filter, dy, ...Object.values(results)]);
}
await kernels.dispose();
