/** Rate of every simulated sound, as in Sub-URMP. */
export const SAMPLE_RATE_HZ = 44100;
