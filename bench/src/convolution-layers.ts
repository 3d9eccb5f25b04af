import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BenchOptions, Row } from './bench';
import { measureMachinePeak, type MachinePeak } from './machine-peak';
import { table } from './table';

const LAYERS = fileURLToPath(new URL('./our-layers.js', import.meta.url));

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

/**
 * One convolution kernel at one layer's shape. `flops` counts two for each multiply-add of the plain sum that meets real input; minimal
 * filtering does fewer.
 */
interface LayerResult {
  name: string;
  seconds: number;
  flops: number;
}

/** Times every convolution at each width and shows its rate, as a share of the machine's peak where that could be measured. */
export async function benchConvolutionLayers({ widths, batch, threads, node }: BenchOptions): Promise<Row[]> {
  const peak = await measureMachinePeak(threads);
  if (peak)
    console.log(
      `Machine's peak, ${threads} threads: ${peak.vector256.toFixed(0)} GFLOPS with 256-bit vectors, ${peak.vector128.toFixed(0)} with 128-bit ones`,
    );
  else
    console.log(
      "Could not measure the machine's peak: that requires a C compiler (cc) and a processor with AVX2; showing rates only.",
    );
  const rows: Row[] = [];
  for (const width of widths) rows.push(...(await measureLayersAt({ width, batch, threads, node }, peak)));
  return rows;
}

async function measureLayersAt(
  options: { width: number; batch: number; threads: number; node: string },
  peak: MachinePeak | null,
): Promise<Row[]> {
  const layers = await timeLayers(options);
  const head = [
    `convolution at width ${options.width}, batch ${options.batch}`,
    'ms',
    'GFLOPS',
    ...(peak ? ['of 256-bit peak'] : []),
  ];
  const lines = layers.map(({ name, seconds, flops }) => {
    const rate = flops / seconds / 1e9;
    return [name, (seconds * 1e3).toFixed(2), rate.toFixed(1), ...(peak ? [percent(rate / peak.vector256)] : [])];
  });
  console.log(
    `\n${table([head, ...lines])}\n(rates count the plain sum; layers with minimal filtering do less than a third of its multiplications)\n`,
  );
  return layers.map(({ name, seconds }) => ({
    name: `${name}, width ${options.width}`,
    oursSeconds: seconds,
    peer: null,
    peerSeconds: null,
    ratio: null,
  }));
}

/** Times each layer's three convolutions in a separate process, so that the Node to measure can be chosen. */
async function timeLayers(options: { width: number; batch: number; threads: number; node: string }): Promise<LayerResult[]> {
  const flags = ['width', 'batch', 'threads'].flatMap((name) => [`--${name}`, String(options[name as 'width'])]);
  const { stdout } = await promisify(execFile)(options.node, [LAYERS, ...flags], { maxBuffer: 2 ** 24 });
  return JSON.parse(stdout) as LayerResult[];
}
