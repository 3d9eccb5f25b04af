import type { ComponentChildren } from 'preact';
import type { Shown } from '../state';
import { SoundPlayer } from './sound-player';

interface ShownPartProps {
  shown: Shown;
  label: string;
  autoplay: boolean;
  startSeconds?: number;
  /** What else can be done with it. */
  children?: ComponentChildren;
}

/** A picture, or a sound with its spectrogram. */
export const ShownPart = ({ shown, label, autoplay, startSeconds, children }: ShownPartProps) =>
  shown.kind === 'picture' ? (
    <>
      <img key={shown.url} class="picture" src={shown.url} alt={label} />
      <div class="actions">{children}</div>
    </>
  ) : (
    <SoundPlayer sound={shown} {...{ label, autoplay, startSeconds }}>
      {children}
    </SoundPlayer>
  );
