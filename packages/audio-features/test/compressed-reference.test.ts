// Compressed sounds encoded by ffmpeg, compared with what ffmpeg decodes; and FLACs compared with the MD5 that their encoder stored.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hasProgram } from '../../../test/extras/program';
import { decodeAudio } from '../src/decode/decode-audio';
import { readStreamInfo } from '../src/decode/flac/stream-info';
import { readWav } from '../src/wav/read-wav';

const present = hasProgram('ffmpeg', 'sounds that it encodes are not decoded');
const folder = mkdtempSync(join(tmpdir(), 'compressed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** MD5 of samples as integers of whole bytes, little-endian, channels interleaved. */
function md5Of(samples: Float32Array[], bitDepth: number): string {
  const width = Math.ceil(bitDepth / 8);
  const bytes = Buffer.alloc(samples.length * samples[0]!.length * width);
  samples[0]!.forEach((_, i) =>
    samples.forEach((channel, c) => bytes.writeIntLE(channel[i]! * 2 ** (bitDepth - 1), (i * samples.length + c) * width, width)),
  );
  return createHash('md5').update(bytes).digest('hex');
}

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/encoded/${name}`, import.meta.url)));

it.each(['signal.flac', 'mono-24-bit.flac', 'ends-in-ff.flac', 'ends-in-silence.flac'])(
  '%s decodes to the bits of its MD5',
  async (name) => {
    const bytes = fixture(name);
    const { md5, bitDepth } = readStreamInfo(bytes);
    expect(md5Of((await decodeAudio(bytes)).samples, bitDepth)).toBe(Buffer.from(md5).toString('hex'));
  },
);

const NOISE = 'anoisesrc=d=0.7:a=0.5:r=44100:seed=1';
const CHORD = 'aevalsrc=exprs=0.4*sin(2*PI*440*t)+0.2*sin(2*PI*1234*t)|0.3*sin(2*PI*660*t):d=0.9:s=44100';
const SILENCE = 'anullsrc=r=8000:cl=mono:d=3';
const CHIRP = 'aevalsrc=exprs=0.99*sin(2*PI*(100*t+9000*t*t)):d=1.1:s=48000';
const QUIET_CHIRP = CHIRP.replace('0.99', '0.5'); // libopus limits what would clip in 16 bits
const WASTED = 'aevalsrc=exprs=floor(64*sin(2*PI*300*t))/128|floor(64*sin(2*PI*301*t))/128:d=0.5:s=16000';
const SIX =
  'aevalsrc=exprs=0.3*sin(999*t)|0.3*sin(1999*t)|0.2*sin(2999*t)|0.1*sin(99*t)|0.3*sin(3999*t)|0.3*sin(4999*t):d=0.4:s=32000';

/** Source, and options of the encoder: levels, channel modes, predictors, block sizes, bit depths. */
const FLACS: [string, string[]][] = [
  [NOISE, ['-compression_level', '0']],
  [CHORD, ['-compression_level', '5']],
  [CHORD, ['-compression_level', '12']],
  [CHORD, ['-ch_mode', 'mid_side']],
  [CHORD, ['-ch_mode', 'left_side']],
  [CHORD, ['-ch_mode', 'right_side']],
  [CHORD, ['-ch_mode', 'indep', '-lpc_type', 'fixed']],
  [CHIRP, ['-lpc_type', 'none']],
  [CHIRP, ['-sample_fmt', 's32', '-bits_per_raw_sample', '24', '-compression_level', '8']],
  [NOISE, ['-sample_fmt', 's32', '-bits_per_raw_sample', '24', '-frame_size', '1000']],
  [CHIRP, ['-frame_size', '192', '-max_prediction_order', '32', '-lpc_coeff_precision', '15']],
  [WASTED, []],
  [SILENCE, []],
  [SIX, []],
];

function encode(name: string, source: string, options: string[]): Uint8Array {
  const path = join(folder, name);
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, ...options, path]);
  return new Uint8Array(readFileSync(path));
}

/** What ffmpeg decodes, as 32-bit floats; Opus with libopus, since ffmpeg's own decoder differs. */
function heard(name: string): Float32Array[] {
  const path = join(folder, name);
  const decoder = name.endsWith('.opus') ? ['-c:a', 'libopus'] : [];
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...decoder, '-i', path, '-c:a', 'pcm_f32le', `${path}.wav`]);
  return readWav(new Uint8Array(readFileSync(`${path}.wav`))).samples;
}

describe.skipIf(!present)('beside ffmpeg', () => {
  it.each(FLACS.map(([source, options], i) => [i, source, options] as const))(
    'FLAC %i gives the same bits: %s %j',
    async (i, source, options) => {
      const bytes = encode(`${i}.flac`, source, [...options]);
      const { samples } = await decodeAudio(bytes);
      expect(samples).toEqual(heard(`${i}.flac`));
      const { md5, bitDepth } = readStreamInfo(bytes);
      expect(md5Of(samples, bitDepth)).toBe(Buffer.from(md5).toString('hex'));
    },
  );

  it.each([
    ['mono.ogg', CHIRP, ['-c:a', 'libvorbis', '-q:a', '6'], 52_800],
    ['stereo.ogg', CHORD, ['-c:a', 'libvorbis', '-q:a', '2'], 39_690],
    ['long.ogg', 'anoisesrc=d=12:a=0.3:r=44100:seed=2', ['-c:a', 'libvorbis', '-q:a', '4'], 529_200],
    ['mono.opus', QUIET_CHIRP, ['-c:a', 'libopus', '-b:a', '96k'], 52_800],
    ['stereo.opus', CHORD, ['-c:a', 'libopus', '-frame_duration', '2.5'], 43_200],
    ['long.opus', 'anoisesrc=d=12:a=0.3:r=48000:seed=3', ['-c:a', 'libopus', '-frame_duration', '60', '-b:a', '32k'], 576_000],
  ])('%s gives the same sound, as long as what was encoded', async (name, source, options, length) => {
    const { samples } = await decodeAudio(encode(name, source, options));
    const expected = heard(name);
    expect(samples).toHaveLength(expected.length);
    samples.forEach((channel, c) => {
      expect(channel.length).toBe(length);
      expect(Math.abs(expected[c]!.length - length)).toBeLessThanOrEqual(128); // ffmpeg may lose the last samples of a Vorbis file
      const gap = expected[c]!.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (channel[i] ?? value))), 0);
      expect(gap).toBeLessThan(2e-3);
    });
  });

  it.each([
    ['six.ogg', ['-c:a', 'libvorbis']],
    ['six.opus', ['-c:a', 'libopus', '-mapping_family', '1', '-ar', '48000', '-af', 'aformat=channel_layouts=5.1']],
  ])('%s has its six channels, in the order of WAV', async (name, options) => {
    const { samples } = await decodeAudio(encode(name, SIX, options));
    const expected = heard(name);
    expect(samples).toHaveLength(6);
    samples.forEach((channel, c) => {
      expect(channel.reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeGreaterThan(0.02);
      const gap = expected[c]!.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (channel[i] ?? value))), 0);
      expect(gap).toBeLessThan(2e-3);
    });
  });

  it('refuses a file that unpacks to more samples than allowed', async () => {
    const bytes = encode('hour.flac', 'anullsrc=r=44100:cl=stereo:d=60', []);
    expect(bytes.length).toBeLessThan(60_000);
    await expect(decodeAudio(bytes, { name: 'hour.flac', maxSamples: 1e6 })).rejects.toThrow(
      'decodeAudio: hour.flac must be sound FLAC decoders can read, got "more than the 1000000 samples allowed"',
    );
  });
});
