import { hzToMel, LMS_FRAMES, LMS_SAMPLE_RATE_HZ, MEL_COUNT } from '@cmcgan/audio-features';

const TICKS_HZ = [500, 1000, 2000, 5000, 10_000, 20_000];
const TICKS_SECONDS = [0, 0.1, 0.2, 0.3, 0.4, 0.5];
/** The time from one frame to the next. */
const SECONDS_PER_FRAME = 512 / LMS_SAMPLE_RATE_HZ;

/** The position of a pitch on a spectrogram, from 0 at the bottom to 1 at the top: band centres are evenly spaced on the mel scale. */
export function heightOf(hz: number): number {
  const bandOf = (hzToMel(hz) / hzToMel(LMS_SAMPLE_RATE_HZ / 2)) * (MEL_COUNT + 1); // 1 is the middle of the first band
  return (bandOf - 0.5) / MEL_COUNT;
}

/** The position of a time on a spectrogram, from 0 at the left to 1 at the right: frames are centred, the first at 0 s. */
export function placeOf(seconds: number): number {
  return (seconds / SECONDS_PER_FRAME + 0.5) / LMS_FRAMES;
}

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

/** Labels for pitches at the left of a spectrogram and seconds below it, as HTML that is laid over its parent element. */
export function spectrumAxes(): string {
  const pitches = TICKS_HZ.map(
    (hz) => `<span class="hz" style="bottom:${percent(heightOf(hz))}">${hz >= 1000 ? `${hz / 1000} k` : `${hz} `}Hz</span>`,
  );
  const seconds = TICKS_SECONDS.filter((at) => placeOf(at) <= 1).map(
    (at) => `<span class="at" style="left:${percent(placeOf(at))}">${at}${at === 0 ? ' s' : ''}</span>`,
  );
  return `<div class="axes" aria-hidden="true">${pitches.join('')}${seconds.join('')}</div>`;
}
