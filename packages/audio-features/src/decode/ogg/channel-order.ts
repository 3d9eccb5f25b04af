/**
 * For each place in the order of WAV and FLAC, the channel of Vorbis (Vorbis I, section 4.3.9) and of Opus' mapping family 1 (RFC 7845,
 * section 5.1.1.2), by channel count: L C R Ls Rs LFE → L R C LFE Ls Rs.
 */
const TO_WAV_ORDER: Record<number, readonly number[]> = {
  3: [0, 2, 1], // L R C
  5: [0, 2, 1, 3, 4], // L R C Ls Rs
  6: [0, 2, 1, 5, 3, 4], // L R C LFE Ls Rs
  7: [0, 2, 1, 6, 5, 3, 4], // L R C LFE, back, side left and right
  8: [0, 2, 1, 7, 5, 6, 3, 4], // L R C LFE, back and side left and right
};

/** Puts the channels of Vorbis into the order of WAV; more than eight, whose places are undefined, stay as they are. */
export function toWavOrder<T>(channels: readonly T[]): T[] {
  const order = TO_WAV_ORDER[channels.length];
  return order ? order.map((index) => channels[index]!) : [...channels];
}
