import type { Shown } from '../studio';
import { SoundPlayer } from './sound-player';

interface ShownPartProps {
  shown: Shown;
  label: string;
  autoplay: boolean;
  startSeconds?: number;
}

/** A picture, or a sound with its spectrogram. */
export const ShownPart = ({ shown, label, autoplay, startSeconds }: ShownPartProps) =>
  shown.kind === 'picture' ? (
    <img class="picture" src={shown.url} alt={label} />
  ) : (
    <SoundPlayer sound={shown} {...{ label, autoplay, startSeconds }} />
  );
