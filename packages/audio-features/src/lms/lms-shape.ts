/** Sample rate of the recordings from which the paper's spectra are computed. */
export const LMS_SAMPLE_RATE_HZ = 44_100;
/** Samples in one clip: 0.5 s. */
export const LMS_SAMPLES = 22_050;
/** Rows of the paper's log-mel spectrum, lowest mel first. */
export const MEL_COUNT = 128;
/** Columns of the spectrum of a clip: 1 + floor(22050 / 512). */
export const LMS_FRAMES = 44;
/** Columns after resizing for the networks. */
export const SOUND_FRAMES = 32;
