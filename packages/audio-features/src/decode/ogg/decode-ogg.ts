import { BrokenRuleError, joinSamples, TooLongError } from '../compressed-format';
import type { DecodedFile, DecodeLimits } from '../compressed-format';
import type { OggCodec } from './codec-names';
import { readOgg, type OggLink, type OggStream } from './read-ogg';

type StreamDecoder = (stream: OggStream, limits: DecodeLimits) => Promise<DecodedFile>;

const DECODERS: Partial<Record<OggCodec, StreamDecoder>> = {
  Vorbis: async (stream, limits) => (await import('./decode-vorbis')).decodeVorbis(stream, limits),
  Opus: async (stream, limits) => (await import('./decode-opus')).decodeOpus(stream, limits),
  FLAC: async (stream, limits) => (await import('./decode-ogg-flac')).decodeOggFlac(stream, limits),
};

/**
 * Decodes the first Vorbis, Opus or FLAC stream of every link of an Ogg file, one after the other.
 * @throws BrokenRuleError if there is none, or the links differ in sample rate or channel count; RangeError if headers cannot be read
 */
export async function decodeOgg(bytes: Uint8Array, { maxSamples }: DecodeLimits): Promise<DecodedFile> {
  const links = readOgg(bytes);
  const files: DecodedFile[] = [];
  let damage: string | undefined;
  let left = maxSamples;
  for (const [i, link] of links.entries()) {
    const label = links.length > 1 ? `link ${i + 1}: ` : '';
    const file = await decodeLink(link, { maxSamples: left }).catch((error: unknown) => {
      if (error instanceof TooLongError) throw new TooLongError(`more than the ${maxSamples} samples allowed`);
      if (files.length === 0 || error instanceof BrokenRuleError) throw error;
      damage ??= `${label}${(error as Error).message}`;
    });
    if (!file) continue;
    if (file.damage !== undefined) damage ??= `${label}${file.damage}`;
    if (files[0]) assertSameFormat(files[0], file, i + 1);
    files.push(file);
    left -= file.samples.reduce((sum, { length }) => sum + length, 0);
  }
  const [first] = files;
  if (!first) throw new RangeError('there is no page that begins a stream (truncated?)');
  const samples = first.samples.map((_, channel) => joinSamples(files.map((file) => file.samples[channel]!)));
  return { samples, sampleRateHz: first.sampleRateHz, damage };
}

async function decodeLink(link: OggLink, limits: DecodeLimits): Promise<DecodedFile> {
  const stream = link.find(({ codec }) => DECODERS[codec]);
  if (stream) return DECODERS[stream.codec]!(stream, limits);
  const codecs = [...new Set(link.map(({ codec }) => codec))].join(', ');
  throw new BrokenRuleError(`must be Ogg Vorbis, Opus or FLAC, got ${codecs}`);
}

function assertSameFormat(first: DecodedFile, next: DecodedFile, link: number): void {
  const refuse = (what: string, found: string, expected: string) => {
    throw new BrokenRuleError(`must keep its ${what} throughout, got ${found} in link ${link} of the chain, ${expected} before`);
  };
  if (next.sampleRateHz !== first.sampleRateHz) {
    refuse('sample rate', `${next.sampleRateHz} Hz`, `${first.sampleRateHz} Hz`);
  }
  const [found, expected] = [next.samples.length, first.samples.length];
  if (found !== expected) refuse('channel count', `${found} channels`, `${expected}`);
}
