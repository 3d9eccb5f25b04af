import { logMelSpectrum, MEL_COUNT, writeWav } from '@cmcgan/audio-features';
import { encodePng, lmsToPixels, type Picture } from '@cmcgan/image-io';
import type { PictureView, SoundView, SpectrumView } from '../protocol';
import type { MonoSound } from './read-given';

/** Colours span so many dB below the loudest value. */
const SPAN_DB = 80;
/** Longer spectra are drawn with fewer columns, each the loudest of several. */
const MOST_COLUMNS = 1024;

export async function pictureView(picture: Picture): Promise<PictureView> {
  return { kind: 'picture', png: (await encodePng(picture)) as Uint8Array<ArrayBuffer> };
}

export function soundView({ samples, sampleRateHz }: MonoSound): SoundView {
  return {
    kind: 'sound',
    seconds: samples.length / sampleRateHz,
    wav: writeWav({ samples, sampleRateHz }) as Uint8Array<ArrayBuffer>,
    spectrum: spectrumView(samples, sampleRateHz),
  };
}

function spectrumView(samples: Float32Array, sampleRateHz: number): SpectrumView {
  const whole = logMelSpectrum(samples, { sampleRateHz }); // [128, frames]
  const { data, frameCount } = thinned(whole.data, whole.frameCount);
  const loudest = data.reduce((most, value) => Math.max(most, value), -Infinity);
  const { pixels, width, height } = lmsToPixels(data, {
    ...{ melCount: MEL_COUNT, frameCount, low: loudest - SPAN_DB, high: loudest },
  });
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) rgba.set(pixels.subarray(3 * i, 3 * i + 3), 4 * i);
  return { rgba, width, height, highestHz: sampleRateHz / 2 };
}

/** At most {@link MOST_COLUMNS} columns. */
function thinned(data: Float32Array, frameCount: number) {
  const step = Math.ceil(frameCount / MOST_COLUMNS);
  if (step === 1) return { data, frameCount };
  const columns = Math.ceil(frameCount / step);
  const thin = new Float32Array(MEL_COUNT * columns).fill(-Infinity); // [128, columns]
  for (let mel = 0; mel < MEL_COUNT; mel++) {
    for (let frame = 0; frame < frameCount; frame++) {
      const at = mel * columns + Math.floor(frame / step);
      thin[at] = Math.max(thin[at], data[mel * frameCount + frame]);
    }
  }
  return { data: thin, frameCount: columns };
}
