import { BrokenFileError } from '../check/broken-file';

/**
 * The largest absolute sample value that is accepted, 40 dB above the full scale of 1. Float files may overshoot a little; larger values
 * mean that a file contains something else, such as integers that were never scaled.
 */
const LARGEST_SAMPLE = 100;

/** @throws BrokenFileError that names the file if a sample is NaN or far beyond full scale */
export function assertLevel(caller: string, channels: readonly Float32Array[], name: string): void {
  for (const samples of channels) {
    const at = samples.findIndex((value) => !(Math.abs(value) <= LARGEST_SAMPLE));
    if (at < 0) continue;
    const message = `${caller}: ${name} must hold samples within -1 … 1, got ${samples[at].toPrecision(3)} at sample ${at}`;
    throw new BrokenFileError('wrong level', name, message);
  }
}
