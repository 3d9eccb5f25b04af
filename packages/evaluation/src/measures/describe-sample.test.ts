import { expect, it } from 'vitest';
import { gradientHistograms } from '../metrics/gradient-histograms';
import { describeSample } from './describe-sample';

const [MELS, FRAMES] = [128, 32];
const sound = (valueAt: (mel: number, frame: number) => number) =>
  Float32Array.from({ length: MELS * FRAMES }, (_, i) => valueAt(Math.floor(i / FRAMES), i % FRAMES));

it('describes the pitch of a sound by its mels below the loudest, around the middle', () => {
  const values = sound((mel, frame) =>
    frame < 8 || frame >= 24 ? 1 : mel === 40 ? (frame < 16 ? 0.5 : 0.3) : mel === 80 ? 0 : -0.9,
  );
  const { pitch } = describeSample(values, 'A');
  expect(pitch).toHaveLength(2 * MELS);
  const expected = new Float32Array(2 * MELS).fill(-0.6); // 1.4 below, so at the limit
  expected.set([0, -0.2], 2 * 40);
  expected.set([-0.5, -0.5], 2 * 80);
  pitch.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 6));
});

it('a louder sound has the same pitch and another loudness', () => {
  const [soft, loud] = [-0.5, 0].map((level) =>
    describeSample(
      sound((mel) => level - Math.abs(mel - 40) / 50),
      'A',
    ),
  );
  soft.pitch.forEach((value, i) => expect(value).toBeCloseTo(loud.pitch[i], 6));
  soft.loudness.forEach((value, i) => expect(value).toBeCloseTo(loud.loudness[i] - 0.5, 6));
});

it('describes an image by its gradient histograms', () => {
  const image = Float32Array.from({ length: 128 * 128 * 3 }, (_, i) => Math.sin(i / 50));
  expect(describeSample(image, 'V').pitch).toEqual(gradientHistograms(image, 128));
});
