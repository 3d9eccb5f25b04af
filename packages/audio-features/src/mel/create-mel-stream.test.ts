import { describe, expect, it } from 'vitest';
import { createMelStream } from './create-mel-stream';
import { melSpectrum } from './mel-spectrum';
import type { MelSpectrum } from './mel-spectrum';

const samples = Float32Array.from({ length: 9001 }, (_, n) => Math.sin(n * n * 1e-4));

/** Puts pieces [M, T₁], [M, T₂] … side by side. */
function sideBySide(pieces: MelSpectrum[]): MelSpectrum {
  const melCount = pieces[0]!.melCount;
  const frameCount = pieces.reduce((sum, piece) => sum + piece.frameCount, 0);
  const data = new Float32Array(melCount * frameCount);
  let column = 0;
  for (const piece of pieces) {
    for (let mel = 0; mel < melCount; mel++) {
      data.set(piece.data.subarray(mel * piece.frameCount, (mel + 1) * piece.frameCount), mel * frameCount + column);
    }
    column += piece.frameCount;
  }
  return { data, melCount, frameCount };
}

describe('createMelStream', () => {
  const framings = [
    {},
    { center: false },
    { fftSize: 256, hopSize: 300 },
    { fftSize: 256, hopSize: 700, center: false },
    { fftSize: 401, hopSize: 160, padMode: 'reflect' as const },
    { fftSize: 400, hopSize: 1000, padMode: 'symmetric' as const },
    { fftSize: 333, hopSize: 20, padMode: 'edge' as const },
  ];
  it.each(framings.flatMap((framing) => [1, 333, 2048, 20000].map((size) => [framing, size] as const)))(
    'returns the frames of the whole waveform: %o in pieces of %i',
    (framing, size) => {
      const options = { sampleRateHz: 16000, melCount: 20, ...framing };
      const stream = createMelStream(options);
      const pieces: MelSpectrum[] = [];
      for (let at = 0; at < samples.length; at += size) pieces.push(stream.push(samples.subarray(at, at + size)));
      pieces.push(stream.flush());
      expect(sideBySide(pieces)).toEqual(melSpectrum(samples, options));
    },
  );

  it('returns an hour of sound in pieces of at most a few frames', () => {
    const stream = createMelStream({ sampleRateHz: 8000, fftSize: 512, hopSize: 8000, melCount: 10 });
    const second = samples.subarray(0, 8000);
    let frames = 0;
    for (let at = 0; at < 3600; at++) {
      const piece = stream.push(second);
      expect(piece.frameCount).toBeLessThanOrEqual(2);
      frames += piece.frameCount;
    }
    expect(frames + stream.flush().frameCount).toBe(3601);
  });

  it.each([1, 2, 100, 199, 200, 201, 202, 300])('pads a signal shorter than a frame as at once: %i samples', (length) => {
    const options = { sampleRateHz: 16000, melCount: 20, fftSize: 400, hopSize: 60, padMode: 'reflect' as const };
    const stream = createMelStream(options);
    const short = samples.subarray(0, length);
    const pieces = [...short].map((sample) => stream.push(Float32Array.of(sample)));
    expect(sideBySide([...pieces, stream.flush()])).toEqual(melSpectrum(short, options));
  });

  it('refuses unknown options', () => {
    expect(() => createMelStream({ sampleRate: 8000 } as never)).toThrow('createMelStream: options must be among');
  });

  it('refuses samples after the end', () => {
    const stream = createMelStream({ sampleRateHz: 8000 });
    stream.push(samples);
    stream.flush();
    expect(() => stream.push(samples)).toThrow('MelStream.push: push must come before flush, got a call after it');
  });

  it('refuses to end without samples', () => {
    expect(() => createMelStream({ sampleRateHz: 8000 }).flush()).toThrow('MelStream.flush: samples must not be empty, got 0');
  });
});
