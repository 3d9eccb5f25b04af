import { assertArgument } from '../../assert-argument';
import { resolveFraming } from '../../fourier/frame-plan';
import type { LogMelPreset } from '../log-mel-spectrum';
import { sparseMelFilterbank } from '../mel-filterbank';
import type { MelSpectrum } from '../mel-spectrum';

/** The sample rate of Whisper's input. */
const WHISPER_RATE_HZ = 16_000;

/**
 * The input of OpenAI's Whisper, as its `log_mel_spectrogram`: 16 kHz, Hann 400, hop 160, mirrored ends, 80 Slaney mels, the last
 * frame dropped; log10, at most 8 below the loudest, (x + 4) / 4. Leaves `melCount` open (128 for large-v3). Whisper itself expects
 * 30 s: pad or cut the samples to 480,000.
 */
export const whisperPreset: LogMelPreset = (options, where) => {
  const { sampleRateHz = WHISPER_RATE_HZ, melCount = 80, ...others } = options;
  const rule = `sampleRateHz must be ${WHISPER_RATE_HZ} with whisperPreset: resample first`;
  assertArgument(sampleRateHz === WHISPER_RATE_HZ, where, rule, sampleRateHz);
  const [foreign] = Object.keys(others);
  assertArgument(foreign === undefined, where, 'whisperPreset must only be combined with melCount', foreign);
  const framing = resolveFraming({ fftSize: 400, hopSize: 160, padMode: 'reflect' }, where);
  return { framing, filterbank: sparseMelFilterbank({ sampleRateHz, fftSize: 400, melCount }, where), finish };
};

function finish({ data, melCount, frameCount }: MelSpectrum): MelSpectrum {
  const kept = frameCount - 1;
  const result = new Float32Array(melCount * kept); // [M, T − 1]
  let loudest = 1e-10;
  for (let i = 0; i < result.length; i++) {
    result[i] = Math.max(data[Math.floor(i / kept) * frameCount + (i % kept)]!, 1e-10);
    if (result[i]! > loudest) loudest = result[i]!;
  }
  const least = Math.log10(loudest) - 8;
  for (let i = 0; i < result.length; i++) result[i] = (Math.max(Math.log10(result[i]!), least) + 4) / 4;
  return { data: result, melCount, frameCount: kept };
}
