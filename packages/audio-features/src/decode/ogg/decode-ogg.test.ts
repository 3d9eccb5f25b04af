import { describe, expect, it } from 'vitest';
import { oggPage } from '../../../test/fixtures/ogg-page';
import { amplitudeOf, concat, encoded, id3Tag, situation } from '../../../test/fixtures/situations';
import { decodeAudio } from '../decode-audio';

const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const page = (serial: number, flags: number, text: string) =>
  oggPage({ sequence: flags === 4 ? 1 : 0, flags, serial, segments: [text.length], body: ascii(text) });

describe('decodeOgg: chains', () => {
  it.each([
    ['chained.ogg', 44100, 88_200],
    ['chained.opus', 48000, 96_000],
  ])('%s: all links, one after the other', async (file, rateHz, count) => {
    const { samples, sampleRateHz } = await decodeAudio(situation(file));
    expect([samples.length, samples[0]!.length, sampleRateHz]).toEqual([1, count, rateHz]);
  });

  it.each(['signal.vorbis.ogg', 'signal.opus'])('every link sounds as it does alone: %s', async (file) => {
    const [one, three] = [await decodeAudio(encoded(file)), await decodeAudio(concat(...[1, 2, 3].map(() => encoded(file))))];
    const { length } = one.samples[0]!;
    three.samples.forEach((channel, c) => {
      expect(channel.length).toBe(3 * length);
      for (const link of [0, 1, 2]) expect(channel.subarray(link * length, (link + 1) * length)).toEqual(one.samples[c]);
    });
  });

  it('FLAC may be chained too, and codecs may change if rate and channel count do not', async () => {
    const flac = situation('flac-in-ogg.ogg');
    expect((await decodeAudio(concat(flac, flac))).samples[0]!.length).toBe(88_200);
    expect((await decodeAudio(concat(flac, situation('chained.ogg')))).samples[0]!.length).toBe(132_300);
  });

  it.each([
    [
      'channels',
      ['signal.vorbis.ogg', 'chained.ogg'],
      'channel count throughout, got 1 channels in link 2 of the chain, 2 before',
    ],
    ['the rate', ['chained.ogg', 'chained.opus'], 'sample rate throughout, got 48000 Hz in link 3 of the chain, 44100 Hz before'],
  ])('refuses links that change %s', async (_, files, message) => {
    const chain = concat(...files.map((file) => (file.startsWith('signal') ? encoded(file) : situation(file))));
    for (const damaged of ['error', 'accept'] as const) {
      await expect(decodeAudio(chain, { name: 'a.ogg', damaged })).rejects.toThrow(`decodeAudio: a.ogg must keep its ${message}`);
    }
  });

  it('names the truncated link, and returns what is there when told to', async () => {
    const link = encoded('signal.opus');
    const cut = concat(link, link.subarray(0, link.length * 0.7));
    await expect(decodeAudio(cut, { name: 'a.opus' })).rejects.toThrow(
      'decodeAudio: a.opus must be a whole Ogg file, got link 2: no last page (truncated?)',
    );
    expect((await decodeAudio(cut, { damaged: 'accept' })).samples[0]!.length).toBeGreaterThan(24_000);
  });

  it('counts all links against the limit', async () => {
    const options = { name: 'a.ogg', maxSamples: 80_000 };
    await expect(decodeAudio(situation('chained.ogg'), options)).rejects.toThrow('more than the 80000 samples allowed');
  });
});

describe('decodeOgg: codecs', () => {
  it('decodes FLAC in Ogg', async () => {
    const { samples, sampleRateHz } = await decodeAudio(situation('flac-in-ogg.ogg'));
    expect([samples.length, samples[0]!.length, sampleRateHz]).toEqual([1, 44_100, 44_100]);
  });

  it('skips Skeleton and pictures before and beside the sound', async () => {
    const bytes = encoded('signal.opus');
    const before = concat(page(98, 2, 'fishead\0'), page(99, 2, '\x80theora'));
    expect(await decodeAudio(concat(before, bytes, page(99, 4, 'x')))).toEqual(await decodeAudio(bytes));
  });

  it('skips an ID3 tag', async () => {
    const bytes = encoded('signal.vorbis.ogg');
    expect(await decodeAudio(concat(id3Tag(77), bytes))).toEqual(await decodeAudio(bytes));
  });

  it.each([
    ['Speex   1.2', 'Speex'],
    ['\x80theora', 'Theora video'],
    ['fishead\0', 'Skeleton'],
    ['whatever', 'an unknown codec'],
  ])('names the codec of %j', async (letters, codec) => {
    await expect(decodeAudio(concat(page(1, 2, letters), page(1, 4, 'x')), { name: 'a.ogg' })).rejects.toThrow(
      `decodeAudio: a.ogg must be Ogg Vorbis, Opus or FLAC, got ${codec}`,
    );
  });

  it('names all codecs of a file that only has pictures', async () => {
    const bytes = concat(page(1, 2, 'fishead\0'), page(2, 2, '\x80theora'), page(2, 4, 'x'));
    await expect(decodeAudio(bytes)).rejects.toThrow('got Skeleton, Theora video');
  });
});

/** The frequency that encode-channels.py puts into each channel, in the order of WAV. */
const HZ = [500, 1000, 1500, 2000, 2500, 3000, 3500, 4000];
const hzOf = (channel: number, channelCount: number) => (channelCount > 5 && channel === 3 ? 60 : HZ[channel]!);

describe('decodeAudio: the order of channels is that of WAV', () => {
  const files = [3, 4, 5, 6, 7, 8].flatMap((count) => [`channels-${count}.ogg`, `channels-${count}.opus`]);
  it.each([...files, 'channels-6.flac'])('%s', async (file) => {
    const { samples, sampleRateHz } = await decodeAudio(situation(file));
    const heard = samples.map((channel) => {
      const levels = samples.map((_, c) => amplitudeOf(channel, hzOf(c, samples.length), sampleRateHz));
      return levels.indexOf(Math.max(...levels));
    });
    expect(heard).toEqual(samples.map((_, c) => c));
    samples.forEach((channel, c) => {
      expect(Math.abs(amplitudeOf(channel, hzOf(c, samples.length), sampleRateHz) - 0.1)).toBeLessThan(0.03);
    });
  });
});
