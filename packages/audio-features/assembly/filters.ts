// Products with a mel filterbank A [mels, bins] that is stored without its zeros: filter m weights the bins from firstBin[m] on with
// weights offset[m] … offset[m + 1] - 1.
import { add, BYTES, load2, mul, PAIR, sum } from './vector';

let melCount: i32 = 0;
/** int32 [melCount] */
let firstBin: usize = 0;
/** int32 [melCount + 1] */
let offset: usize = 0;
let weights: usize = 0;

export function filters(mels: i32, firstBinAt: usize, offsetAt: usize, weightsAt: usize): void {
  melCount = mels;
  firstBin = firstBinAt;
  offset = offsetAt;
  weights = weightsAt;
}

/** mels = A · bins */
export function toMels(bins: usize, mels: usize): void {
  for (let mel: usize = 0; mel < <usize>melCount; mel++) {
    let at = weights + <usize>load<i32>(offset + 4 * mel) * BYTES;
    const end = weights + <usize>load<i32>(offset + 4 * mel + 4) * BYTES;
    let bin = bins + <usize>load<i32>(firstBin + 4 * mel) * BYTES;
    let sums = f64x2.splat(0);
    for (; at + BYTES < end; at += PAIR, bin += PAIR) sums = add(sums, mul(load2(at), load2(bin)));
    let total = sum(sums);
    if (at < end) total += load<f64>(at) * load<f64>(bin);
    store<f64>(mels + mel * BYTES, total);
  }
}
