/** One second-order section: y = b0·x + b1·x₁ + b2·x₂ − a1·y₁ − a2·y₂. */
interface Biquad {
  b: readonly [number, number, number];
  a: readonly [number, number];
}

/**
 * The K-weighting of ITU-R BS.1770-4 at any sample rate: the high shelf for the head, then the low-frequency cut. The standard gives the
 * coefficients at 48 kHz; these are the analogue filters behind them (frequency, Q and gain after De Man 2014), transformed bilinearly.
 */
function kWeightingSections(sampleRateHz: number): [Biquad, Biquad] {
  return [highShelf(sampleRateHz), highPass(sampleRateHz)];
}

function highShelf(sampleRateHz: number): Biquad {
  const k = Math.tan((Math.PI * 1681.974450955533) / sampleRateHz);
  const q = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const a0 = 1 + k / q + k * k;
  return {
    b: [(high + (band * k) / q + k * k) / a0, (2 * (k * k - high)) / a0, (high - (band * k) / q + k * k) / a0],
    a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0],
  };
}

function highPass(sampleRateHz: number): Biquad {
  const k = Math.tan((Math.PI * 38.13547087602444) / sampleRateHz);
  const q = 0.5003270373238773;
  const a0 = 1 + k / q + k * k;
  return { b: [1, -2, 1], a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0] };
}

/** A filter for one channel that keeps its state from piece to piece: takes the next sample and returns its K-weighted value. */
export function createKWeighting(sampleRateHz: number): (sample: number) => number {
  const [shelf, pass] = kWeightingSections(sampleRateHz);
  const [b0, b1, b2] = shelf.b;
  const [a1, a2] = shelf.a;
  const [c1, c2] = pass.a;
  // Transposed direct form II: two numbers of state per section.
  let s1 = 0, s2 = 0, t1 = 0, t2 = 0; // prettier-ignore
  return (sample) => {
    const shelved = b0 * sample + s1;
    s1 = b1 * sample - a1 * shelved + s2;
    s2 = b2 * sample - a2 * shelved;
    const weighted = shelved + t1;
    t1 = -2 * shelved - c1 * weighted + t2;
    t2 = shelved - c2 * weighted;
    return weighted;
  };
}
