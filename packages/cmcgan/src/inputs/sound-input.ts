import { decodeAudio, LMS_SAMPLE_RATE_HZ, resample, toMono, type AudioBufferLike } from '@cmcgan/audio-features';
import { pause } from '../abort';
import type { Platform } from '../platform';
import { describe, type FileContent } from './file-content';
import { isFile, nameOf } from './picture-input';

/** Samples in memory, full scale ±1: one Float32Array for mono, or one for each channel. */
export interface SoundSamples {
  readonly samples: Float32Array | readonly Float32Array[];
  readonly sampleRateHz: number;
}

/** A sound of any length: a file by its path (in Node) or URL, its contents, samples in memory, or an `AudioBuffer`. */
export type SoundInput = string | URL | FileContent | SoundSamples | AudioBufferLike;

/** A recording as the networks need it. */
export interface Recording {
  /** Mono at 44.1 kHz. */
  readonly samples: Float32Array;
  /** What errors call it. */
  readonly name: string;
}

/** Reads a sound and brings it to mono at 44.1 kHz. @throws if it has no samples, or one that is not finite */
export async function readSound(input: SoundInput, platform: Platform, signal?: AbortSignal): Promise<Recording> {
  const { name, samples: channels, sampleRateHz } = await samplesOf(input, platform, signal);
  await pause(signal);
  if (!(sampleRateHz > 0 && sampleRateHz < Infinity)) throw new Error(`sampleRateHz must be positive, got ${sampleRateHz}`);
  const mono = toMono(channels as Float32Array);
  if (mono.length === 0) throw new Error(`${name} must hold at least one sample, got 0`);
  const broken = mono.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0) throw new Error(`${name} must hold finite samples, got ${mono[broken]} at sample ${broken}`);
  if (sampleRateHz === LMS_SAMPLE_RATE_HZ) return { name, samples: mono };
  return { name, samples: resample(mono, { fromHz: sampleRateHz, toHz: LMS_SAMPLE_RATE_HZ }) };
}

async function samplesOf(input: SoundInput, platform: Platform, signal?: AbortSignal): Promise<SoundSamples & { name: string }> {
  if (input === undefined || input === null) throw new Error(`sound must be given, got ${input}`);
  if (typeof input === 'string' || input instanceof URL) {
    const name = String(input);
    return { name, ...(await decodeAudio(await platform.readFile(input, signal), { name })) };
  }
  const name = nameOf(input) ?? 'the sound';
  if (isAudioBuffer(input)) return { name, samples: channelsOf(input), sampleRateHz: input.sampleRate };
  if ('samples' in input && 'sampleRateHz' in input) return { name, samples: input.samples, sampleRateHz: input.sampleRateHz };
  if (input instanceof Float32Array || input instanceof Float64Array) {
    throw new Error(`sound must be { samples, sampleRateHz } where samples are given, got a ${input.constructor.name} alone`);
  }
  if (isFile(input)) return { name, ...(await decodeAudio(input, { name })) };
  throw new Error(
    `sound must be a path, a URL, a file's contents, { samples, sampleRateHz } or an AudioBuffer, got ${describe(input)}`,
  );
}

const isAudioBuffer = (input: object): input is AudioBufferLike => 'getChannelData' in input;

const channelsOf = (buffer: AudioBufferLike): Float32Array[] =>
  Array.from({ length: buffer.numberOfChannels }, (_, channel) => buffer.getChannelData(channel));
