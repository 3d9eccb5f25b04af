import { clampFrom, clampTo, epilogueAt, finished, isClamp } from './epilogue';
import { WinogradProductJob } from './jobs';
import { VECTOR } from './winograd-transforms';

/**
 * Applies the epilogue to 4×4 vectors of four channels and writes them to the image, `spread` pixels apart and starting at (offsetY, offsetX) of the patch; those
 * outside the image are skipped.
 */
export function storePatch(
  job: WinogradProductJob,
  patch: i32,
  column: i32,
  from: usize,
  spread: i32,
  offsetY: i32,
  offsetX: i32,
): void {
  const perImage = job.patchRows * job.patchColumns;
  const image = patch / perImage;
  const inImage = patch % perImage;
  const top = (inImage / job.patchColumns) * 4 * spread + offsetY;
  const left = (inImage % job.patchColumns) * 4 * spread + offsetX;
  const step: usize = (<usize>(spread * job.columns)) << 2;
  const epilogue = epilogueAt(changetype<usize>(job) + offsetof<WinogradProductJob>('bias'));
  const offset: usize = (<usize>column) << 2;
  const bias = epilogue.bias ? v128.load(epilogue.bias + offset) : f32x4.splat(0);
  const low = f32x4.splat(clampFrom(epilogue));
  const high = f32x4.splat(clampTo(epilogue));
  const clamps = isClamp(epilogue);
  const right = min(4, (job.width - left + spread - 1) / spread);
  for (let i = 0; i < 4; i++, from += 4 * VECTOR) {
    const y = top + i * spread;
    if (y >= job.height) return;
    let to = job.destination + ((<usize>(((image * job.height + y) * job.width + left) * job.columns + column)) << 2);
    for (let j = 0; j < right; j++, to += step) {
      const v = v128.load(from + <usize>j * VECTOR);
      if (clamps) v128.store(to, f32x4.pmin(f32x4.pmax(f32x4.add(v, bias), low), high));
      else v128.store(to, finished(v, epilogue, offset, 4));
    }
  }
}
