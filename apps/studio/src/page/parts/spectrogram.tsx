import { hzToMel } from '@cmcgan/audio-features';
import { useEffect, useRef } from 'preact/hooks';
import type { SpectrumView } from '../../protocol';

const LABELLED_HZ = [200, 500, 1000, 2000, 5000, 10_000, 20_000];
const STEPS_SECONDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600];

const hertz = (hz: number) => (hz >= 1000 ? `${hz / 1000}k` : String(hz));

/** Times to label: at most six. */
function timesOf(seconds: number): number[] {
  const step = STEPS_SECONDS.find((each) => seconds / each <= 5) ?? seconds;
  return Array.from({ length: Math.floor(seconds / step + 1e-6) + 1 }, (_, i) => i * step);
}

interface SpectrogramProps {
  spectrum: SpectrumView;
  seconds: number;
  label: string;
  /** 0 to 1: how much of it has been played. */
  played: number;
  /** The half second that was used, if it is not the whole. */
  focus?: { readonly start: number; readonly end: number };
  onSeek(position: number): void;
}

/** A log-mel spectrum over seconds, with the frequencies of its mel scale. */
export function Spectrogram({ spectrum, seconds, label, played, focus, onSeek }: SpectrogramProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const { rgba, width, height } = spectrum;
    canvas.current!.getContext('2d')!.putImageData(new ImageData(rgba, width, height), 0, 0);
  }, [spectrum]);
  const highest = hzToMel(spectrum.highestHz);
  const percent = (value: number) => `${100 * value}%`;
  return (
    <div class="spectrogram">
      <span class="unit" aria-hidden="true">
        Hz
      </span>
      <div class="frequencies" aria-hidden="true">
        {LABELLED_HZ.filter((hz) => hz <= spectrum.highestHz).map((hz) => (
          <span key={hz} style={{ bottom: percent(hzToMel(hz) / highest) }}>
            {hertz(hz)}
          </span>
        ))}
      </div>
      <div class="plot" onClick={(event) => onSeek(event.offsetX / event.currentTarget.clientWidth)}>
        <canvas ref={canvas} width={spectrum.width} height={spectrum.height} role="img" aria-label={label} />
        {focus && <span class="focus" style={{ left: percent(focus.start), width: percent(focus.end - focus.start) }} />}
        {played > 0 && <span class="playhead" style={{ left: percent(played) }} />}
      </div>
      <div class="times" aria-hidden="true">
        {timesOf(seconds).map((time) => (
          <span key={time} style={{ left: percent(time / seconds) }}>
            {Number(time.toFixed(2))}
          </span>
        ))}
      </div>
      <span class="unit seconds" aria-hidden="true">
        s
      </span>
    </div>
  );
}
