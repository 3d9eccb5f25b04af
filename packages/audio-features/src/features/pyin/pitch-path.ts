/** The log probability of the practically impossible: the logarithm of numpy's `finfo(float64).tiny`. */
const IMPOSSIBLE = -708.3964185322641;

export interface PitchStates {
  /** Number of pitches, which voiced and unvoiced states each have. */
  pitchCount: number;
  /** How many pitches away from the previous frame's a pitch may be. */
  reach: number;
  /** Probability that a frame is voiced if the one before was not, and vice versa. */
  switchProbability: number;
}

/** Finds the most likely path through the pitches. */
export interface PitchPath {
  /** Adds a frame: the probabilities of pitches (0 for those not listed), and that of each pitch in an unvoiced frame. */
  add(voiced: ReadonlyMap<number, number>, unvoiced: number): void;
  /** The state of each frame: a pitch if voiced, or pitchCount plus a pitch if unvoiced. */
  finish(): Int32Array;
}

/** Viterbi's algorithm, with a triangle of transitions around each pitch, as librosa's `pyin` does. */
export function createPitchPath({ pitchCount, reach, switchProbability }: PitchStates): PitchPath {
  const transitions = localTransitions(pitchCount, reach); // from pitch i to i + k - reach, at [k, i]
  const [stays, switches] = [Math.log(1 - switchProbability), Math.log(switchProbability)];
  const origins: Uint16Array[] = [];
  let values = new Float64Array(2 * pitchCount).fill(-Math.log(2 * pitchCount));
  let isFirst = true;
  const local = new Float64Array(2 * pitchCount);
  const localOrigin = new Int32Array(2 * pitchCount);

  /** The best path from the pitches of one half to each pitch of the same half, without a switch. */
  function comeFrom(half: number): void {
    const base = half * pitchCount;
    local.fill(-Infinity, base, base + pitchCount);
    for (let k = 0; k <= 2 * reach; k++) {
      const row = k * pitchCount;
      const step = k - reach;
      const end = Math.min(pitchCount, pitchCount - step);
      // From the lowest origin of a pitch to the highest, so that the first of equals wins.
      for (let from = Math.max(0, -step); from < end; from++) {
        const value = values[base + from]! + transitions[row + from]!;
        const to = base + from + step;
        if (value > local[to]! || (value === local[to]! && base + from < localOrigin[to]!)) {
          local[to] = value;
          localOrigin[to] = base + from;
        }
      }
    }
  }

  function advance(): Uint16Array {
    const origin = new Uint16Array(2 * pitchCount);
    const next = new Float64Array(2 * pitchCount);
    comeFrom(0);
    comeFrom(1);
    let likeliest = 0;
    for (let state = 1; state < values.length; state++) if (values[state]! > values[likeliest]!) likeliest = state;
    for (let state = 0; state < values.length; state++) {
      const isVoiced = state < pitchCount;
      const pitch = isVoiced ? state : state - pitchCount;
      const fromVoiced = local[pitch]! + (isVoiced ? stays : switches);
      const fromUnvoiced = local[pitch + pitchCount]! + (isVoiced ? switches : stays);
      next[state] = Math.max(fromVoiced, fromUnvoiced);
      origin[state] = localOrigin[fromVoiced >= fromUnvoiced ? pitch : pitch + pitchCount]!;
      const leap = values[likeliest]! + IMPOSSIBLE;
      if (leap > next[state]!) [next[state], origin[state]] = [leap, likeliest];
    }
    values = next;
    return origin;
  }

  return {
    add(voiced, unvoiced) {
      if (!isFirst) origins.push(advance());
      isFirst = false;
      const silent = unvoiced > 0 ? Math.log(unvoiced) : IMPOSSIBLE;
      for (let pitch = 0; pitch < pitchCount; pitch++) {
        values[pitch]! += IMPOSSIBLE;
        values[pitchCount + pitch]! += silent;
      }
      for (const [pitch, probability] of voiced) values[pitch]! += Math.log(probability) - IMPOSSIBLE;
    },
    finish() {
      if (isFirst) return new Int32Array(0);
      const states = new Int32Array(origins.length + 1);
      let state = values.indexOf(values.reduce((a, b) => Math.max(a, b), -Infinity));
      states[origins.length] = state;
      for (let frame = origins.length - 1; frame >= 0; frame--) states[frame] = state = origins[frame]![state]!;
      return states;
    },
  };
}

/** Logarithms of the probabilities from pitch i to pitch i + k - reach, at [k, i]. They sum to 1 for each i. */
function localTransitions(pitchCount: number, reach: number): Float64Array {
  const rows = 2 * reach + 1;
  const transitions = new Float64Array(rows * pitchCount);
  for (let from = 0; from < pitchCount; from++) {
    let sum = 0;
    for (let k = 0; k < rows; k++) if (from + k - reach >= 0 && from + k - reach < pitchCount) sum += triangle(k, reach);
    for (let k = 0; k < rows; k++) transitions[k * pitchCount + from] = Math.log(triangle(k, reach) / sum);
  }
  return transitions;
}

const triangle = (k: number, reach: number) => reach + 1 - Math.abs(k - reach);
