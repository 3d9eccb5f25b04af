import { util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelContext } from '../context';
import { AbsoluteErrorJob, Operation } from '../generated/job-fields';

/** Floats below which waking the workers costs more than it saves. */
const ALONE_FLOATS = 32_768;
const TILE_FLOATS = 16_384;

type Operands = Record<'x' | 'target', TensorInfo>;

function jobOf({ heap }: KernelContext, { x, target }: Operands) {
  const [count, period] = [x, target].map(({ shape }) => util.sizeFromShape(shape));
  const tiles = Math.ceil(count / TILE_FLOATS);
  const addresses = { x: heap.address(x), target: heap.address(target), partials: 0, dy: 0, destination: 0 };
  return { tiles, floatsPerTile: TILE_FLOATS, count, period, ...addresses };
}

/** [Σ |x - target| / size of the target]. */
export function l1Loss(context: KernelContext, inputs: Operands): TensorInfo[] {
  const { heap, pool } = context;
  const job = jobOf(context, inputs);
  const loss = heap.output([]);
  const partials = heap.workspace(job.tiles * 8);
  const address = heap.writeJobs(AbsoluteErrorJob, [{ ...job, partials, destination: heap.address(loss) }]);
  pool.run(Operation.absoluteErrors, address, 1, job.count < ALONE_FLOATS);
  pool.run(Operation.mergeAbsoluteErrors, address, 1, true);
  return [loss];
}

/** [sign(x - target) · dy / size of the target]. */
export function l1LossGradient(context: KernelContext, { dy, ...inputs }: Operands & { dy: TensorInfo }): TensorInfo[] {
  const { heap, pool } = context;
  const job = jobOf(context, inputs);
  const dx = heap.output(inputs.x.shape);
  const ends = { dy: heap.address(dy), destination: heap.address(dx) };
  const address = heap.writeJobs(AbsoluteErrorJob, [{ ...job, ...ends }]);
  pool.run(Operation.absoluteErrorGradient, address, 1, job.count < ALONE_FLOATS);
  return [dx];
}
