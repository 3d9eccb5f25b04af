import { assertArgument } from '../assert-argument';
import { LMS_FRAMES, LMS_SAMPLES, MEL_COUNT } from './lms-shape';

/** Samples from one frame to the next. */
const HOP_SAMPLES = 512;
/** Frames that a spectrum shares with the next one. */
const OVERLAP_FRAMES = 12;
/** Frames at each end of a spectrum whose windows reach beyond the clip, so that they hold too little. */
const EDGE_FRAMES = 2;
const STEP_FRAMES = LMS_FRAMES - OVERLAP_FRAMES;

/** Samples that this many sounds span when each overlaps the next. */
export const joinedSamples = (count: number): number => LMS_SAMPLES + (count - 1) * STEP_FRAMES * HOP_SAMPLES;

/** How many sounds `soundsToWaveform` needs for so many samples. @param length A positive integer */
export function soundsForLength(length: number): number {
  const valid = Number.isInteger(length) && length > 0;
  assertArgument(valid, 'soundsForLength', 'length must be a positive integer', length);
  return 1 + Math.max(0, Math.ceil((length - LMS_SAMPLES) / (STEP_FRAMES * HOP_SAMPLES)));
}

/** The share of the later spectrum in a frame of the overlap: 0 and 1 at its edges, linear between them. */
function laterShare(frame: number): number {
  const share = (frame + 0.5 - EDGE_FRAMES) / (OVERLAP_FRAMES - 2 * EDGE_FRAMES);
  return Math.min(1, Math.max(0, share));
}

/**
 * Joins spectra [128, 44] in dB, each fading linearly into the next, and keeps the frames of the first `length` samples.
 *
 * @returns dB, Float32Array [128, frameCount]
 */
export function joinSpectra(spectra: readonly Float32Array[], length: number): { data: Float32Array; frameCount: number } {
  const frameCount = 1 + Math.floor(length / HOP_SAMPLES);
  const data = new Float32Array(MEL_COUNT * frameCount);
  spectra.forEach((spectrum, index) => {
    const start = index * STEP_FRAMES;
    for (let frame = 0; frame < LMS_FRAMES && start + frame < frameCount; frame++) {
      const share = index === 0 || frame >= OVERLAP_FRAMES ? 1 : laterShare(frame);
      for (let mel = 0; mel < MEL_COUNT; mel++) {
        const at = mel * frameCount + start + frame;
        data[at]! += share * (spectrum[mel * LMS_FRAMES + frame]! - data[at]!); // 1: replaces the zero that was there
      }
    }
  });
  return { data, frameCount };
}
