import { clampFrom, clampTo, epilogueAt, finished, isClamp } from './epilogue';
import { Epilogue, WinogradProductJob } from './jobs';
import { CHANNELS, VECTOR } from './winograd-transforms';

/**
 * Applies the epilogue to 4×4 vectors of channels and writes them to the image, `spread` pixels apart and starting at (offsetY, offsetX) of the patch; those
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
  const bias = biasAt(epilogue, offset);
  const biasHigh = biasAt(epilogue, offset + VECTOR - 16);
  const low = f32x4.splat(clampFrom(epilogue));
  const high = f32x4.splat(clampTo(epilogue));
  const clamps = isClamp(epilogue);
  const right = min(4, (job.width - left + spread - 1) / spread);
  for (let i = 0; i < 4; i++, from += 4 * VECTOR) {
    const y = top + i * spread;
    if (y >= job.height) return;
    let to = job.destination + ((<usize>(((image * job.height + y) * job.width + left) * job.columns + column)) << 2);
    for (let j: usize = 0; j < <usize>right; j++, to += step) {
      const v = v128.load(from + j * VECTOR);
      const w = v128.load(from + j * VECTOR + VECTOR - 16);
      if (clamps) {
        v128.store(to, f32x4.pmin(f32x4.pmax(f32x4.add(v, bias), low), high));
        if (CHANNELS == 8) v128.store(to, f32x4.pmin(f32x4.pmax(f32x4.add(w, biasHigh), low), high), 16);
      } else {
        v128.store(to, finished(v, epilogue, offset, 4));
        if (CHANNELS == 8) v128.store(to, finished(w, epilogue, offset + 16, 4), 16);
      }
    }
  }
}

function biasAt(epilogue: Epilogue, offset: usize): v128 {
  return epilogue.bias ? v128.load(epilogue.bias + offset) : f32x4.splat(0);
}
