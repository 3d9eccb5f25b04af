import { BrokenFileError } from '../check/broken-file';

/**
 * The largest sample that may pass for sound, whose full scale is 1: 40 dB above it. Float files may overshoot a little; one that
 * goes beyond holds something else, integers that were never scaled, say.
 */
const LARGEST_SAMPLE = 100;

/** @throws BrokenFileError that names the file if a sample is no number or far beyond full scale */
export function assertLevel(caller: string, channels: readonly Float32Array[], name: string): void {
  for (const samples of channels) {
    const at = samples.findIndex((value) => !(Math.abs(value) <= LARGEST_SAMPLE));
    if (at < 0) continue;
    const message = `${caller}: ${name} must hold samples within -1 … 1, got ${samples[at].toPrecision(3)} at sample ${at}`;
    throw new BrokenFileError('wrong level', name, message);
  }
}
