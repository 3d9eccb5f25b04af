import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const LAYERS = fileURLToPath(new URL('./our-layers.js', import.meta.url));

/** One convolution kernel at one layer's shape. `flops` counts two for each multiply-add that meets real input. */
export interface LayerResult {
  name: string;
  seconds: number;
  flops: number;
}

/** Times each layer's three convolutions in a process of its own, so that the Node to measure can be chosen. */
export async function benchConvolutionLayers(options: {
  width: number;
  batch: number;
  threads: number;
  node: string;
}): Promise<LayerResult[]> {
  const flags = ['width', 'batch', 'threads'].flatMap((name) => [`--${name}`, String(options[name as 'width'])]);
  const { stdout } = await promisify(execFile)(options.node, [LAYERS, ...flags], { maxBuffer: 2 ** 24 });
  return JSON.parse(stdout) as LayerResult[];
}
