// Times every convolution kernel at the layer shapes of a GAN's encoder and decoder (kernel 5, stride 2), alone and undisturbed by
// the rest of a training step: `node scripts/profile-layers.mjs [--width 4] [--batch 16] [--threads 2] [--variant auto] [--repeats 9]`,
// after a build. `--width 4` is a quarter of the channels. One line per layer: milliseconds (median) and GFLOPS of forward pass, input
// gradient (also a decoder's forward pass) and filter gradient; taps that meet padding count as work, as is usual,
// and so does what minimal filtering saves.
import { parseArgs } from 'node:util';
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { useWasmKernels } from '../dist/wasm.js';

const CHANNELS = [64, 128, 256, 512, 512, 256, 64];
const ATTRS = { strides: 2, pad: 'same', dataFormat: 'NHWC' };
const KERNEL = 5;

const { values } = parseArgs({
  options: {
    width: { type: 'string', default: '4' },
    batch: { type: 'string', default: '16' },
    threads: { type: 'string', default: '2' },
    variant: { type: 'string', default: 'auto' },
    repeats: { type: 'string', default: '9' },
  },
});
const [width, batch, threads, repeats] = [values.width, values.batch, values.threads, values.repeats].map(Number);

/** Input height, width and channels, and output channels, of an encoder's layers; the code keeps its 64 channels at every width. */
function layersOf(height, inputWidth, inChannels) {
  const layers = [];
  let [h, w, c] = [height, inputWidth, inChannels];
  for (const [index, full] of CHANNELS.entries()) {
    const out = index === CHANNELS.length - 1 ? full : full / width;
    layers.push({ h, w, ci: c, co: out });
    [h, w, c] = [Math.ceil(h / 2), Math.ceil(w / 2), out];
  }
  return layers;
}

/** With one thread, measures processor time, so that a busy machine disturbs the measurement less. */
function cpuMilliseconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

function time(kernel, inputs, attrs) {
  const run = () => tf.engine().runKernel(kernel, inputs, attrs).dispose();
  run();
  const clock = threads === 1 ? cpuMilliseconds : () => performance.now();
  const times = Array.from({ length: repeats }, () => {
    const start = clock();
    run();
    return clock() - start;
  });
  return { median: median(times), best: Math.min(...times) };
}

const kernels = await useWasmKernels({ threads, variant: values.variant });
console.log(`Node ${process.versions.node}, ${kernels.variant}, ${threads} threads, batch ${batch}, width 1/${width}`);
const sums = {};
for (const [name, layers] of [
  ['image', layersOf(128, 128, 3)],
  ['sound', layersOf(128, 32, 1)],
]) {
  for (const { h, w, ci, co } of layers) {
    const [oh, ow] = [Math.ceil(h / 2), Math.ceil(w / 2)];
    const x = tf.randomNormal([batch, h, w, ci]);
    const filter = tf.randomNormal([KERNEL, KERNEL, ci, co]);
    const dy = tf.randomNormal([batch, oh, ow, co]);
    const megaflop = (2 * batch * oh * ow * KERNEL * KERNEL * ci * co) / 1e6;
    const runs = {
      forward: time('Conv2D', { x, filter }, { ...ATTRS, dilations: 1 }),
      inputGradient: time('Conv2DBackpropInput', { dy, filter }, { ...ATTRS, inputShape: x.shape }),
      filterGradient: time('Conv2DBackpropFilter', { x, dy }, { ...ATTRS, filterShape: filter.shape }),
    };
    const cells = Object.entries(runs).map(([kernel, { median: ms, best }]) => {
      const sum = (sums[kernel] ??= { ms: 0, best: 0, megaflop: 0 });
      sum.ms += ms;
      sum.best += best;
      sum.megaflop += megaflop;
      return `${ms.toFixed(2).padStart(8)} ms ${(megaflop / ms).toFixed(1).padStart(6)} (${(megaflop / best).toFixed(1)})`;
    });
    console.log(`${name} ${h}x${w} ${ci}->${co}`.padEnd(24), cells.join(' | '));
    tf.dispose([x, filter, dy]);
  }
}
for (const [kernel, { ms, best, megaflop }] of Object.entries(sums)) {
  console.log(
    `${kernel.padEnd(16)} ${ms.toFixed(1)} ms, ${(megaflop / ms).toFixed(1)} GFLOPS (best ${(megaflop / best).toFixed(1)})`,
  );
}
await kernels.dispose();
