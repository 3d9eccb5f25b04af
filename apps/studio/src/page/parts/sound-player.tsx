import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ShownSound } from '../state';
import { Icon } from './icon';
import { Spectrogram } from './spectrogram';

interface SoundPlayerProps {
  sound: ShownSound;
  /** What it is, for screen readers. */
  label: string;
  autoplay: boolean;
  /** Where the half second begins that a picture was made from. */
  startSeconds?: number;
  children?: ComponentChildren;
}

/** Half a second, what the networks see of a sound. */
const SEEN_SECONDS = 0.5;

/** A spectrogram whose sound plays at a click; one sound at a time on the whole page. */
export function SoundPlayer({ sound, label, autoplay, startSeconds, children }: SoundPlayerProps) {
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [played, setPlayed] = useState(0);
  const { seconds, spectrum, url } = sound;

  const play = () => {
    for (const each of document.querySelectorAll('audio')) if (each !== audio.current) each.pause();
    audio.current!.play().catch(() => undefined); // where the browser doesn't let a page play by itself, the button does
  };
  useEffect(() => {
    if (autoplay) play();
  }, [autoplay, url]);
  useEffect(() => {
    if (!playing) return;
    let frame = requestAnimationFrame(function follow() {
      setPlayed((audio.current?.currentTime ?? 0) / seconds);
      frame = requestAnimationFrame(follow);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, seconds]);

  const ended = () => {
    setPlaying(false);
    setPlayed(0);
  };
  const focus =
    startSeconds === undefined || seconds <= SEEN_SECONDS + 0.05
      ? undefined
      : { start: startSeconds / seconds, end: Math.min(1, (startSeconds + SEEN_SECONDS) / seconds) };
  return (
    <div class="player">
      <audio ref={audio} src={url} onPlay={() => setPlaying(true)} onPause={() => setPlaying(false)} onEnded={ended} />
      <Spectrogram
        {...{ spectrum, seconds, played, focus }}
        label={`Spectrogram of ${label}`}
        onSeek={(position) => {
          audio.current!.currentTime = position * seconds;
          play();
        }}
      />
      <div class="actions">
        <button type="button" class="play" onClick={() => (playing ? audio.current!.pause() : play())}>
          <Icon name={playing ? 'pause' : 'play'} />
          {playing ? 'Pause' : 'Play'}
          <span class="visually-hidden"> {label}</span>
        </button>
        {children}
      </div>
    </div>
  );
}
