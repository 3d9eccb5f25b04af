import { useEffect, useRef, useState } from 'preact/hooks';
import { mediaError } from '../media-error';
import { recordSound, type Recording } from '../record-sound';
import type { Content } from '../state';
import { Dialog } from './dialog';
import { Icon } from './icon';

const MOST_SECONDS = 10;
const BARS = 48;

interface RecorderDialogProps {
  onSound(content: Content): void;
  onClose(): void;
}

/** Records the microphone for up to ten seconds. */
export function RecorderDialog({ onSound, onClose }: RecorderDialogProps) {
  const recording = useRef<Recording | undefined>(undefined);
  const [levels, setLevels] = useState<readonly number[]>([]);
  const [seconds, setSeconds] = useState(0);
  const [error, setError] = useState<string>();

  const finish = () => {
    const ended = recording.current?.stop();
    recording.current = undefined;
    if (ended !== undefined) onSound({ name: 'Your recording', ...ended });
  };
  useEffect(() => {
    let closed = false;
    recordSound().then(
      (started) => {
        if (closed) return void started.stop();
        recording.current = started;
      },
      (reason: unknown) => setError(mediaError('microphone', reason)),
    );
    const timer = setInterval(() => {
      if (recording.current === undefined) return;
      const { level, seconds: passed } = recording.current;
      setLevels((before) => [...before, level()].slice(-BARS));
      setSeconds(passed());
      if (passed() >= MOST_SECONDS) finish();
    }, 60);
    return () => {
      closed = true;
      clearInterval(timer);
      recording.current?.stop();
      recording.current = undefined;
    };
  }, []);

  return (
    <Dialog title="Record a sound" onClose={onClose}>
      {error !== undefined ? (
        <p role="alert">{error}</p>
      ) : (
        <>
          <div class="levels" aria-hidden="true">
            {Array.from({ length: BARS }, (_, i) => (
              <span key={i} style={{ '--level': levels[levels.length - BARS + i] ?? 0 }} />
            ))}
          </div>
          <p class="note">Play a note or two. The loudest half second counts. {seconds.toFixed(1)} s</p>
          <button type="button" class="primary" disabled={seconds < 0.5} onClick={finish}>
            <Icon name="stop" /> Stop and see it
          </button>
        </>
      )}
    </Dialog>
  );
}
