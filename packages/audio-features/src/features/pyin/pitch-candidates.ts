/** A candidate for a frame's period, as the index of its trough plus a fraction, and its probability. */
export interface Candidate {
  place: number;
  probability: number;
}

const THRESHOLDS = 100;
/** Decay of the prior over the troughs below a threshold: the shorter the period, the likelier. */
const TROUGH_DECAY = 2;

/** Probability that the threshold lies between step t and t + 1 of a hundred: the distribution Beta(2, 18). */
const THRESHOLD_PRIOR = /* @__PURE__ */ thresholdPrior();

function thresholdPrior(): Float64Array {
  // The cumulative distribution function, in closed form.
  const below = (x: number) => 1 - (1 - x) ** 19 - 19 * x * (1 - x) ** 18;
  return Float64Array.from({ length: THRESHOLDS }, (_, t) => below((t + 1) / THRESHOLDS) - below(t / THRESHOLDS));
}

/**
 * Candidates for a frame, shortest period first: each threshold of YIN gives its probability to the troughs below it, or a little of it to
 * the deepest trough if there is none (Mauch & Dixon 2014, as in their program and in librosa).
 *
 * @param difference The frame's cumulative mean normalised difference.
 * @param noTroughProbability Share of a threshold's probability that goes to the deepest trough if none is below it.
 */
export function pitchCandidates(difference: Float64Array, noTroughProbability: number): Candidate[] {
  const troughs = troughsOf(difference);
  if (troughs.length === 0) return [];
  const probabilities = new Float64Array(troughs.length);
  let deepest = 0;
  troughs.forEach((place, i) => {
    if (difference[place]! < difference[troughs[deepest]!]!) deepest = i;
  });
  for (let t = 0; t < THRESHOLDS; t++) {
    const threshold = (t + 1) / THRESHOLDS;
    const below = troughs.flatMap((place, i) => (difference[place]! < threshold ? [i] : []));
    if (below.length === 0) probabilities[deepest]! += noTroughProbability * THRESHOLD_PRIOR[t]!;
    const scale = (1 - Math.exp(-TROUGH_DECAY)) / (1 - Math.exp(-TROUGH_DECAY * below.length));
    below.forEach((i, position) => (probabilities[i]! += scale * Math.exp(-TROUGH_DECAY * position) * THRESHOLD_PRIOR[t]!));
  }
  const candidates = troughs.map((place, i) => ({ place: place + shiftAt(difference, place), probability: probabilities[i]! }));
  return candidates.filter(({ probability }) => probability > 0);
}

/** Local minima; the first value counts if the second is larger, the last if the one before it is. */
function troughsOf(values: Float64Array): number[] {
  const troughs: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const falls = i === 0 || values[i]! < values[i - 1]!;
    const rises = i === values.length - 1 || (i === 0 ? values[i]! < values[i + 1]! : values[i]! <= values[i + 1]!);
    if (falls && rises && values.length > 1) troughs.push(i);
  }
  return troughs;
}

/** Offset from `place` to the minimum of the parabola through it and its neighbours; 0 at the ends, or if the minimum is beyond them. */
function shiftAt(values: Float64Array, place: number): number {
  if (place === 0 || place === values.length - 1) return 0;
  const [left, middle, right] = [values[place - 1]!, values[place]!, values[place + 1]!];
  const curvature = left + right - 2 * middle;
  const slope = (right - left) / 2;
  return Math.abs(slope) >= Math.abs(curvature) ? 0 : -slope / curvature;
}
