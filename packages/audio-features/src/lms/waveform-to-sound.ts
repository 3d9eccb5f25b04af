import { assertArgument } from '../assert-argument';
import { logMelSpectrum } from '../mel/log-mel-spectrum';
import { LMS_SAMPLES, LMS_SAMPLE_RATE_HZ } from './lms-shape';
import { lmsToSound } from './sound';
import type { DecibelRange } from './sound';

/**
 * A waveform as a network's sound: its log-mel spectrum, in time from 44 to 32 frames, floorDb … ceilingDb onto -1 … 1.
 *
 * @param waveform Float32Array [22050]: 0.5 s of mono at 44.1 kHz, full scale ±1
 * @returns Float32Array [128, 32] in [-1, 1]
 */
export function waveformToSound(waveform: Float32Array, range: DecibelRange): Float32Array {
  const { length } = waveform;
  assertArgument(length === LMS_SAMPLES, 'waveformToSound', `waveform must hold 0.5 s, ${LMS_SAMPLES} samples`, length);
  return lmsToSound(logMelSpectrum(waveform, { sampleRateHz: LMS_SAMPLE_RATE_HZ }).data, range); // [128, 32]
}
