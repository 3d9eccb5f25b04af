// The steps between a product and storing its sums: a bias, an activation.
import { PANEL_ROW_BYTES, TILE_COLUMNS } from './blocking';
import { Epilogue, FinishJob } from './jobs';
import { copyFloats, expVector, loadPart, storePart } from './vector';

/** As in src/wasm/epilogue.ts. */
export enum Activation {
  linear,
  relu,
  relu6,
  elu,
  leakyRelu,
  prelu,
  sigmoid,
}

/** The epilogue whose fields begin at `address`, the last ones of a job. */
export function epilogueAt(address: usize): Epilogue {
  return changetype<Epilogue>(address);
}

/** Whether the activation only clamps. */
export function isClamp(epilogue: Epilogue): bool {
  return epilogue.activation <= Activation.relu6;
}

/** The lower limit of a clamping activation. */
export function clampFrom(epilogue: Epilogue): f32 {
  return epilogue.activation == Activation.relu || epilogue.activation == Activation.relu6 ? 0 : -Infinity;
}

/** The upper limit. */
export function clampTo(epilogue: Epilogue): f32 {
  return epilogue.activation == Activation.relu6 ? 6 : Infinity;
}

/** activation(v) for four columns from the one at `offset` bytes, of which `present` exist; NaN stays NaN. */
function activated(v: v128, epilogue: Epilogue, offset: usize, present: i32): v128 {
  const zero = f32x4.splat(0);
  switch (epilogue.activation) {
    case Activation.linear:
      return v;
    case Activation.relu:
      return f32x4.pmax(v, zero);
    case Activation.relu6:
      return f32x4.pmin(f32x4.pmax(v, zero), f32x4.splat(6));
    case Activation.elu:
      return v128.bitselect(f32x4.sub(expVector(f32x4.pmax(v, f32x4.splat(-87))), f32x4.splat(1)), v, f32x4.lt(v, zero));
    case Activation.leakyRelu:
      return v128.bitselect(f32x4.mul(v, f32x4.splat(epilogue.alpha)), v, f32x4.lt(v, zero));
    case Activation.prelu:
      return v128.bitselect(f32x4.mul(v, loadPart(epilogue.slopes + offset, present)), v, f32x4.lt(v, zero));
    default:
      return sigmoid(v);
  }
}

/** activation(v + bias) for four columns, likewise. */
export function finished(v: v128, epilogue: Epilogue, offset: usize, present: i32): v128 {
  if (epilogue.bias) v = f32x4.add(v, loadPart(epilogue.bias + offset, present));
  return activated(v, epilogue, offset, present);
}

/** 1 / (1 + e⁻ˣ). */
function sigmoid(v: v128): v128 {
  const one = f32x4.splat(1);
  const negative = f32x4.pmin(f32x4.pmax(f32x4.neg(v), f32x4.splat(-87)), f32x4.splat(87));
  return f32x4.div(one, f32x4.add(one, expVector(negative)));
}

/** Applies the epilogue to a row's columns and stores them; its tiles are `columnBytes` apart. `firstColumn` is the index of the first. */
export function storeRow(from: usize, to: usize, firstColumn: i32, columns: i32, columnBytes: usize, epilogue: Epilogue): void {
  if (epilogue.bias == 0 && epilogue.activation == Activation.linear) return copyRow(from, to, columns, columnBytes);
  let offset = (<usize>firstColumn) << 2;
  for (; columns > 0; columns -= TILE_COLUMNS, from += columnBytes) {
    const inTile = min(TILE_COLUMNS, columns);
    for (let c = 0; c < inTile; c += 4, to += 16, offset += 16) {
      const present = min(4, inTile - c);
      storePart(to, finished(v128.load(from + ((<usize>c) << 2)), epilogue, offset, present), present);
    }
  }
}

function copyRow(from: usize, to: usize, columns: i32, columnBytes: usize): void {
  for (; columns >= TILE_COLUMNS; columns -= TILE_COLUMNS, from += columnBytes, to += PANEL_ROW_BYTES) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    if (TILE_COLUMNS == 16) {
      v128.store(to, v128.load(from, 32), 32);
      v128.store(to, v128.load(from, 48), 48);
    }
  }
  copyFloats(to, from, columns);
}

/** Applies the epilogue, with or without the bias, in place to a row's columns from `firstColumn` on. */
export function finishRow(values: usize, firstColumn: i32, columns: i32, epilogue: Epilogue, withBias: bool): void {
  const first = (<usize>firstColumn) << 2;
  for (let c = 0; c < columns; c += 4) {
    const present = min(4, columns - c);
    const offset = (<usize>c) << 2;
    const v = loadPart(values + offset, present);
    const done = withBias ? finished(v, epilogue, first + offset, present) : activated(v, epilogue, first + offset, present);
    storePart(values + offset, done, present);
  }
}

/** Applies the epilogue to some rows of a matrix in place. */
export function finishTile(job: FinishJob, tile: i32): void {
  const epilogue = epilogueAt(changetype<usize>(job) + offsetof<FinishJob>('bias'));
  const first = tile * job.rowsPerTile;
  const end = min(job.rows, first + job.rowsPerTile);
  for (let row = first; row < end; row++) {
    finishRow(job.values + ((<usize>(row * job.columns)) << 2), 0, job.columns, epilogue, true);
  }
}
