import { LMS_SAMPLE_RATE_HZ } from '@cmcgan/audio-features';
import type { Content } from './state';

/** Decodes a sound with the browser's own decoders, for formats that ours do not read (AAC, WebM). @throws if the browser does not either */
export async function decodeInBrowser(file: File): Promise<Exclude<Content, File>> {
  const context = new OfflineAudioContext(1, 1, LMS_SAMPLE_RATE_HZ);
  const buffer = await context.decodeAudioData(await file.arrayBuffer()).catch((cause: unknown) => {
    throw new Error(`${file.name} must be a sound that this browser can decode, but it cannot; try WAV, MP3, FLAC or Ogg`, {
      cause,
    });
  });
  const samples = new Float32Array(buffer.length);
  for (let channel = 0; channel < buffer.numberOfChannels; channel++) {
    buffer.getChannelData(channel).forEach((value, i) => (samples[i] += value / buffer.numberOfChannels));
  }
  return { name: file.name, samples, sampleRateHz: buffer.sampleRate };
}
