import { assertArgument } from '../assert-argument';
import { LMS_FRAMES, MEL_COUNT, SOUND_FRAMES } from './lms-shape';
import { resizeTime } from './resize-time';

/** The dB values that -1 and 1 stand for in a sound; stored with a data set and its checkpoints. floorDb < ceilingDb. */
export interface DecibelRange {
  floorDb: number;
  ceilingDb: number;
}

/**
 * LMS in dB → the networks' sound (the paper's 128×44 → 128×32): time bilinear, then floorDb … ceilingDb linearly onto -1 … 1.
 * Values outside the range are clipped: below the floor is silence.
 *
 * @param lmsDb Float32Array [128, 44], row 0 = lowest mel
 * @returns Float32Array [128, 32] in [-1, 1]
 */
export function lmsToSound(lmsDb: Float32Array, range: DecibelRange): Float32Array {
  assertSpectrum(lmsDb, LMS_FRAMES, 'lmsToSound: lmsDb');
  assertRange(range, 'lmsToSound');
  const sound = resizeTime(lmsDb, MEL_COUNT, LMS_FRAMES, SOUND_FRAMES); // [128, 32]
  const scale = 2 / (range.ceilingDb - range.floorDb);
  for (let i = 0; i < sound.length; i++) {
    sound[i] = Math.min(1, Math.max(-1, (sound[i]! - range.floorDb) * scale - 1));
  }
  return sound;
}

/**
 * The inverse of `lmsToSound`: -1 … 1 onto floorDb … ceilingDb, 32 → 44 frames bilinearly.
 *
 * @param sound Float32Array [128, 32]
 * @returns dB, Float32Array [128, 44]
 */
export function soundToLms(sound: Float32Array, range: DecibelRange): Float32Array {
  return expandSound(sound, range, 'soundToLms');
}

/** `soundToLms` for another function, after which errors are named. */
export function expandSound(sound: Float32Array, range: DecibelRange, where: string): Float32Array {
  assertSpectrum(sound, SOUND_FRAMES, `${where}: sound`);
  assertRange(range, where);
  const lmsDb = resizeTime(sound, MEL_COUNT, SOUND_FRAMES, LMS_FRAMES); // [128, 44]
  const scale = (range.ceilingDb - range.floorDb) / 2;
  for (let i = 0; i < lmsDb.length; i++) lmsDb[i] = range.floorDb + (lmsDb[i]! + 1) * scale;
  return lmsDb;
}

function assertSpectrum(data: Float32Array, frames: number, argument: string): void {
  const count = MEL_COUNT * frames;
  if (data.length !== count)
    throw new RangeError(`${argument} must hold ${MEL_COUNT}×${frames} = ${count} values, got ${data.length}`);
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`${argument} must hold finite numbers, got ${data[bad]} at index ${bad}`);
}

function assertRange({ floorDb, ceilingDb }: DecibelRange, where: string): void {
  const valid = Number.isFinite(floorDb) && Number.isFinite(ceilingDb) && floorDb < ceilingDb;
  assertArgument(valid, where, 'range must have floorDb below ceilingDb', `${floorDb}..${ceilingDb}`);
}
