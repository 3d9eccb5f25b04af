/**
 * Weights of the channels' powers in the order of WAV, by channel count: 0 for the LFE, 1.41 for loudspeakers at the sides (60° to 120°),
 * 1 for those in front and behind (ITU-R BS.1770-4, annex 1 table 3 and annex 3 table 4).
 */
const WEIGHTS: Record<number, readonly number[]> = {
  4: [1, 1, 1.41, 1.41], // L R Ls Rs
  5: [1, 1, 1, 1.41, 1.41], // L R C Ls Rs
  6: [1, 1, 1, 0, 1.41, 1.41], // L R C LFE Ls Rs
  7: [1, 1, 1, 0, 1, 1.41, 1.41], // L R C LFE, back, side left and right
  8: [1, 1, 1, 0, 1, 1, 1.41, 1.41], // L R C LFE, back and side left and right
};

/** The default weights; 1 for each channel if the positions of that many are undefined. */
export function defaultChannelWeights(channelCount: number): number[] {
  return [...(WEIGHTS[channelCount] ?? new Array<number>(channelCount).fill(1))];
}
