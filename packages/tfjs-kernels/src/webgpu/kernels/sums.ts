import { backend_util, util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelContext } from '../context';
import { columnSumsShader, flatWorkgroups, sliceNumbers, sumSlicesShader } from '../shaders/affine';
import { channelGrid, channelNumbers } from '../shaders/channel-groups';

type Inputs = Record<'x', TensorInfo>;

interface Attributes {
  axis?: number | number[];
  keepDims?: boolean;
}

/** Below this many rows, one workgroup or thread is enough for a result, as in the stock kernel. */
const LEAST_ROWS = 4096;
/** What a dispatch of columns can cover on every device. */
const MOST_COLUMNS = 65_536;

/** Σ x over leading axes or all of them; undefined (the stock kernel's, with one workgroup for a result) for other axes, types and few rows. */
export const sum = (context: KernelContext, { x }: Inputs, attrs: Attributes): TensorInfo | undefined =>
  reduce(context, x, attrs, () => 1);

/** The mean over leading axes or all of them. */
export const mean = (context: KernelContext, { x }: Inputs, attrs: Attributes): TensorInfo | undefined =>
  reduce(context, x, attrs, (rows) => 1 / rows);

function reduce(
  { dispatcher }: KernelContext,
  x: TensorInfo,
  { axis, keepDims }: Attributes,
  factorOf: (rows: number) => number,
): TensorInfo | undefined {
  const axes = util.parseAxisParam(axis ?? [...x.shape.keys()], x.shape).sort((a, b) => a - b);
  const kept = x.shape.slice(axes.length);
  const columns = util.sizeFromShape(kept);
  const rows = util.sizeFromShape(x.shape) / columns;
  if (x.dtype !== 'float32' || !axes.every((one, i) => one === i) || !(rows >= LEAST_ROWS) || columns > MOST_COLUMNS)
    return undefined;
  const result = dispatcher.output(keepDims ? backend_util.expandShapeToKeepDim(kept, axes) : kept);
  const grid = channelGrid(rows, columns);
  const uniforms = channelNumbers({ blocks: 1, rows, channels: columns, ...grid }, { slope: factorOf(rows) });
  const workgroups = [grid.groups, grid.tiles, 1] as const;
  const shader = columnSumsShader(grid.group);
  if (grid.tiles === 1) {
    dispatcher.run({ shader, tensors: [x, result], uniforms, workgroups });
    return result;
  }
  const partials = dispatcher.output([grid.tiles, columns]);
  dispatcher.run({ shader, tensors: [x, partials], uniforms, workgroups });
  const numbers = sliceNumbers(grid.tiles, columns);
  dispatcher.run({
    shader: sumSlicesShader(),
    tensors: [partials, result],
    uniforms: numbers,
    workgroups: flatWorkgroups(columns),
  });
  dispatcher.release(partials);
  return result;
}
