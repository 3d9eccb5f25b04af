import { expect, it } from 'vitest';
import { heightOf, placeOf, spectrumAxes } from './spectrum-axes';

// librosa 0.11: mel_frequencies(130, fmin=0, fmax=22050)[band], the middle of a band of 128, counted from 1
it.each([
  [1, 31.004],
  [15, 465.058],
  [64, 2759.449],
  [100, 8724.013],
  [128, 21356.135],
])('the middle of band %d, at %d Hz, lies in the middle of its row', (band, hz) => {
  expect(heightOf(hz)).toBeCloseTo((band - 0.5) / 128, 5);
});

it('the middle of one of 44 frames lies in the middle of its column', () => {
  expect(placeOf(0)).toBeCloseTo(0.5 / 44, 12);
  expect(placeOf((10 * 512) / 44100)).toBeCloseTo(10.5 / 44, 12);
});

it('labels are text inside of the spectrum: pitches upwards, half a second', () => {
  const labels = [...spectrumAxes().matchAll(/(?:bottom|left):([\d.]+)%">([^<]*)/g)];
  expect(labels.map(([, , text]) => text)).toEqual([
    ...['500 Hz', '1 kHz', '2 kHz', '5 kHz', '10 kHz', '20 kHz'],
    ...['0 s', '0.1', '0.2', '0.3', '0.4', '0.5'],
  ]);
  for (const [, place] of labels) expect(Number(place)).toBeLessThanOrEqual(100);
});
