import type { Split } from '../pair';

/**
 * Splits one recording in time: the last `validationShare` of its windows go to validation. Training windows that overlap with a
 * validation window are left out (undefined), so that no sound is in both splits.
 * @param times middles of the windows in ms, ascending
 */
export function splitEnd(
  times: readonly number[],
  { validationShare, windowMs }: { validationShare: number; windowMs: number },
): (Split | undefined)[] {
  const validationCount = Math.max(1, Math.round(validationShare * times.length));
  const firstValidationMs = times[times.length - validationCount];
  return times.map((time) => {
    if (time >= firstValidationMs) return 'validation';
    return time + windowMs <= firstValidationMs ? 'train' : undefined;
  });
}
