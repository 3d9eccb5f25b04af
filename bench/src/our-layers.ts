import { parseArgs } from 'node:util';
import {
  conv2d,
  conv2dTranspose,
  dispose,
  engine,
  randomUniform,
  type Conv2DBackpropFilterAttrs,
  type NamedAttrMap,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { startBackend } from '@cmcgan/backends';
import { ENCODER_CHANNELS, SAMPLE_SHAPES } from '@cmcgan/model';
import { median } from './statistics';

/** Height (mels), width (frames) and channels of a convolution's input. */
interface LayerInput {
  height: number;
  frames: number;
  channels: number;
}

/** Times every encoder convolution, its input gradient and its filter gradient; prints one JSON list of `{ name, seconds, flops }`. */
async function main() {
  const { values } = parseArgs({
    options: { width: { type: 'string' }, batch: { type: 'string' }, threads: { type: 'string' } },
  });
  const width = Number(values.width);
  const batch = Number(values.batch);
  await startBackend('wasm', { threads: Number(values.threads) });
  const results = [];
  for (const [modality, [height, frames, channels]] of Object.entries({ V: SAMPLE_SHAPES.V, A: SAMPLE_SHAPES.A })) {
    let size: LayerInput = { height, frames, channels };
    for (const paperChannels of ENCODER_CHANNELS[7]) {
      const filters = Math.max(1, Math.round(paperChannels * width));
      results.push(...timeLayer(modality, batch, size, filters));
      size = { height: Math.ceil(size.height / 2), frames: Math.ceil(size.frames / 2), channels: filters };
    }
  }
  process.stdout.write(`${JSON.stringify(results)}\n`);
  process.exit(0);
}

function timeLayer(modality: string, batch: number, { height, frames, channels }: LayerInput, filters: number) {
  const x = randomUniform([batch, height, frames, channels]) as Tensor4D;
  const filter = randomUniform([5, 5, channels, filters]) as Tensor4D;
  const dy = randomUniform([batch, Math.ceil(height / 2), Math.ceil(frames / 2), filters]) as Tensor4D;
  const flops = 2 * batch * filters * channels * reachedTaps(height) * reachedTaps(frames);
  const attributes = { strides: 2, pad: 'same', dataFormat: 'NHWC', dimRoundingMode: undefined, filterShape: filter.shape };
  const kinds: Record<string, () => Tensor> = {
    forward: () => conv2d(x, filter, 2, 'same'),
    'input gradient': () => conv2dTranspose(dy, filter, x.shape, 2, 'same'),
    'filter gradient': () =>
      engine().runKernel('Conv2DBackpropFilter', { x, dy }, attributes as unknown as NamedAttrMap & Conv2DBackpropFilterAttrs),
  };
  const name = `${modality} ${height}×${frames}×${channels} → ${filters}`;
  const rows = Object.entries(kinds).map(([kind, run]) => ({ name: `${name}, ${kind}`, seconds: timed(run), flops }));
  dispose([x, filter, dy]);
  return rows;
}

/** Pairs of output position and tap along one axis that meet the input, for kernel 5, stride 2, 'same' padding. */
function reachedTaps(size: number): number {
  const outputs = Math.ceil(size / 2);
  const before = Math.floor(Math.max((outputs - 1) * 2 + 5 - size, 0) / 2);
  let reached = 0;
  for (let output = 0; output < outputs; output++)
    for (let tap = 0; tap < 5; tap++) {
      const position = output * 2 - before + tap;
      if (position >= 0 && position < size) reached++;
    }
  return reached;
}

/** Median seconds of at least seven runs, or as many as fit in a quarter of a second; the first two are not counted. */
function timed(run: () => Tensor): number {
  const seconds: number[] = [];
  const startedAt = performance.now();
  for (let round = 0; round < 9 || performance.now() - startedAt < 250; round++) {
    const from = performance.now();
    run().dispose();
    if (round >= 2) seconds.push((performance.now() - from) / 1000);
  }
  return median(seconds);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
