import { LMS_FRAMES, LMS_SAMPLE_RATE_HZ, LMS_SAMPLES, logMelSpectrum, readWav, toMono } from '@cmcgan/audio-features';

/**
 * A WAV file as its log-mel spectrum: Float32Array [128 mels, 44 frames] in dB, row 0 = the lowest mel.
 * @throws Error that names the file if it is no WAV, is damaged, is not sampled at 44,100 Hz or not half a second long
 */
export function decodeLms(bytes: Uint8Array, name: string): Float32Array {
  const { samples, sampleRateHz } = readWav(bytes, { name });
  if (sampleRateHz !== LMS_SAMPLE_RATE_HZ) {
    throw new Error(`openDataset: ${name} must be sampled at ${LMS_SAMPLE_RATE_HZ} Hz, got ${sampleRateHz}`);
  }
  const { data, frameCount } = logMelSpectrum(toMono(samples));
  if (frameCount !== LMS_FRAMES) {
    throw new Error(`openDataset: ${name} must be ${LMS_SAMPLES} samples long (0.5 s), got ${samples[0].length}`);
  }
  return data;
}
