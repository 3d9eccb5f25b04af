import { hzToMel, LMS_FRAMES, LMS_SAMPLE_RATE_HZ, MEL_COUNT } from '@cmcgan/audio-features';

const TICKS_HZ = [500, 1000, 2000, 5000, 10_000, 20_000];
const TICKS_SECONDS = [0, 0.1, 0.2, 0.3, 0.4, 0.5];
/** From one frame to the next. */
const SECONDS_PER_FRAME = 512 / LMS_SAMPLE_RATE_HZ;

/** Where a pitch lies on a spectrum, from its bottom, 0, to its top, 1: the middles of the bands lie evenly on the mel scale. */
export function heightOf(hz: number): number {
  const bandOf = (hzToMel(hz) / hzToMel(LMS_SAMPLE_RATE_HZ / 2)) * (MEL_COUNT + 1); // 1 is the middle of the first band
  return (bandOf - 0.5) / MEL_COUNT;
}

/** Where a moment lies on a spectrum, from its left, 0, to its right, 1: frames are centred, the first at 0 s. */
export function placeOf(seconds: number): number {
  return (seconds / SECONDS_PER_FRAME + 0.5) / LMS_FRAMES;
}

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

/** Pitches at the left of a spectrum and seconds below it, as text that is laid over the element it is put into. */
export function spectrumAxes(): string {
  const pitches = TICKS_HZ.map(
    (hz) => `<span class="hz" style="bottom:${percent(heightOf(hz))}">${hz >= 1000 ? `${hz / 1000} k` : `${hz} `}Hz</span>`,
  );
  const seconds = TICKS_SECONDS.filter((at) => placeOf(at) <= 1).map(
    (at) => `<span class="at" style="left:${percent(placeOf(at))}">${at}${at === 0 ? ' s' : ''}</span>`,
  );
  return `<div class="axes" aria-hidden="true">${pitches.join('')}${seconds.join('')}</div>`;
}
